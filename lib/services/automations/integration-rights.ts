/** Whoever may write an automation, but is no member where its integration belongs. */
export const lacksIntegration = ({ name }: { name: string }) =>
  `This needs the member role in ${name}, whose integration the automation uses. Without it you may rename, disable and delete it.`;

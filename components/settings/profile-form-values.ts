import { z } from 'zod';
import { Email } from '#lib/contracts/session.ts';

export const ProfileFormValues = z.object({
  name: z.string().trim().min(1, 'Give a name.').max(128, 'A name has at most 128 characters.'),
  email: Email.or(z.literal('')),
});
export type ProfileFormValues = z.input<typeof ProfileFormValues>;

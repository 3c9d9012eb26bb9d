import { z } from 'zod';

/** What instance admins see and do under Instance settings. */
export const InstanceView = z.object({
  version: z.string(),
  publicUrl: z.string(),
  egress: z.object({
    allow: z.array(z.string()),
    allowHttp: z.boolean(),
    personalMayUseEntries: z.boolean(),
  }),
  /** Data keys by the instance key that wraps them; `old` ones are rewrapped by a rotation. */
  keys: z.object({ current: z.number(), old: z.number() }),
});
export type InstanceView = z.infer<typeof InstanceView>;

export const RotationView = z.object({ rewrapped: z.number(), left: z.number() });

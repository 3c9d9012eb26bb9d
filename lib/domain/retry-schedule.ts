import { z } from 'zod';

const MAX_TOTAL_SECONDS = 7 * 86_400;

export const RetrySchedule = z.strictObject({
  delaysSeconds: z
    .array(z.number('Give seconds.').min(0, 'A delay cannot be negative.').max(86_400, 'A delay is at most a day (86,400 s).'))
    .min(1, 'Give at least one try.')
    .max(20, 'At most 20 tries.')
    .refine((delays) => delays[0] === 0, 'The first try is at once: its delay is 0.')
    .refine((delays) => delays.reduce((sum, delay) => sum + delay, 0) <= MAX_TOTAL_SECONDS, 'All delays together are at most 7 days.'),
});
export type RetrySchedule = z.infer<typeof RetrySchedule>;

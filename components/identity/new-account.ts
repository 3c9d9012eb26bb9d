import { z } from 'zod';
import { Email, Password } from '#lib/contracts/session.ts';
import { EntityName } from '#lib/domain/names.ts';

export const NewAccount = z.object({ username: EntityName, email: Email.or(z.literal('')), password: Password });
export type NewAccount = z.input<typeof NewAccount>;

import { z } from 'zod';
import { InstanceView, RotationView } from '#lib/contracts/instance.ts';
import { getInstance, rotateKeys } from '#lib/services/instance.ts';
import { defineRoute } from '../route.ts';

export const instanceRoutes = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/instance',
    summary: 'Version, public URL, allowed hosts and keys (instance admins).',
    response: InstanceView,
    handle: ({ ctx }) => getInstance(ctx, {}),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/instance/rotate-keys',
    summary: 'Wrap data keys of the previous instance key anew; call again while some are left (instance admins).',
    body: z.strictObject({}),
    response: RotationView,
    status: 200,
    handle: ({ ctx }) => rotateKeys(ctx, {}),
  }),
];

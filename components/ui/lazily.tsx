'use client';

import { type ComponentType, lazy, Suspense } from 'react';

/**
 * A part of the page whose code is fetched when it is first rendered: what opens on demand, such as a dialog or a panel.
 * `const NewSecret = lazily(() => import('./new-secret.tsx').then((module) => module.NewSecret));`
 */
export function lazily<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  const Loaded = lazy(async () => ({ default: (await load()) as ComponentType<object> }));
  return function Lazily(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}

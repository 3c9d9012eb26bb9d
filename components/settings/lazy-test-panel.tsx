'use client';

import dynamic from 'next/dynamic';

/** The panel brings templates, presets and samples along: it is loaded when somebody tests. */
export const LazyTestPanel = dynamic(() => import('./webhook-test-panel.tsx').then(({ WebhookTestPanel }) => WebhookTestPanel), {
  ssr: false,
});

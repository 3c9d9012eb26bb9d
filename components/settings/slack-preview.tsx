'use client';

import dynamic from 'next/dynamic';

/** Samples and variables come along with it: loaded when the form opens. */
export const SlackPreview = dynamic(() => import('./slack-message-preview.tsx').then(({ SlackMessagePreview }) => SlackMessagePreview), {
  ssr: false,
});

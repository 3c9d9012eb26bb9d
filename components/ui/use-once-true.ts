'use client';

import { useState } from 'react';

/** Whether it is true or has been: what was opened stays mounted when it closes. */
export function useOnceTrue(now: boolean): boolean {
  const [once, setOnce] = useState(now);
  if (now && !once) setOnce(true);
  return once || now;
}

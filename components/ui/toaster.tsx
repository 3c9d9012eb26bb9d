'use client';

import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';

const ToasterRegion = dynamic(() => import('./toaster-region.tsx').then((module) => module.ToasterRegion));

/** Whatever a toast tells of begins with one of these. */
const BEGINNINGS = ['pointerdown', 'keydown', 'click'];

/** Shows toasts. Comes with the first use of the page, so that it is there when the server no longer is. */
export function Toaster() {
  const [used, setUsed] = useState(false);
  useEffect(() => {
    if (used) return;
    const listening = new AbortController();
    for (const name of BEGINNINGS) document.addEventListener(name, () => setUsed(true), { capture: true, signal: listening.signal });
    return () => listening.abort();
  }, [used]);
  return used && <ToasterRegion />;
}

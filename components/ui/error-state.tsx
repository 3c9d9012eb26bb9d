'use client';

import { CircleX, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { cn } from './class-names.ts';
import { CopyText } from './copy-button.tsx';

interface ErrorStateProps {
  /** What did not work: "History did not load". */
  title: ReactNode;
  /** Why, and what to do. */
  children?: ReactNode;
  requestId?: string;
  heading?: 'h1' | 'h2' | 'h3';
  onRetry?: () => void;
  retrying?: boolean;
  className?: string;
}

/** In place of what did not load. Left-aligned, as tall as it needs. */
export function ErrorState({ title, children, requestId, heading, onRetry, retrying, className }: ErrorStateProps) {
  const Title = heading ?? 'p';
  return (
    <div role="alert" className={cn('flex max-w-form flex-col items-start py-4', className)}>
      <Title className="flex items-center gap-1.5 text-base font-medium">
        <CircleX className="text-danger" />
        {title}
      </Title>
      <div className="text-small text-fg-2">
        {children}
        {requestId && (
          <>
            {' '}
            Request <CopyText text={requestId} label="request id" />
          </>
        )}
      </div>
      {onRetry && (
        <Button size="sm" className="mt-2.5" onClick={onRetry} loading={retrying}>
          {!retrying && <RotateCw />}
          Try again
        </Button>
      )}
    </div>
  );
}

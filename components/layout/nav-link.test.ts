import { expect, test } from 'vitest';
import { findCurrent } from './nav-link.tsx';

const hrefs = ['/', '/automations', '/acme/vision', '/acme/settings', '/registry', '/registry/model'];

test.each([
  ['/', '/'],
  ['/automations/12/edit', '/automations'],
  ['/acme/vision/automations', '/acme/vision'],
  ['/registry/model/detector', '/registry/model'],
  ['/registry/models', '/registry'],
  ['/acme/visions', undefined],
])('on %s the current entry is %s', (path, current) => expect(findCurrent(path, hrefs)).toBe(current));

import { expect, test } from 'vitest';
import { pageOfClientLink } from './client-links.ts';

const SELECTION = 'selectionPath=acme-org%2Fwandb-registry-model%2Ffraud&view=membership&version=v3';

test.each([
  ['/acme/big%20vision/workspace', '', '/acme/big%20vision'],
  ['/orgs/Acme%20Inc./registry/model', SELECTION, '/registry/model/fraud/v3?organization=acme-org'],
  ['/orgs/Acme/registry/model', SELECTION.replace('model%2F', 'big%20models%2F'), '/registry/big%20models/fraud/v3?organization=acme-org'],
  ['/acme-org/registry/model', SELECTION, '/registry/model/fraud/v3?organization=acme-org'],
  ['/acme/registry/model', 'selectionPath=acme%2Fvision%2Fshared&version=v0', '/acme/vision/artifacts/model/shared/v0'],
  ['/acme/registry/model', 'selectionPath=acme%2Fvision%2Fshared', '/acme/vision/artifacts/model/shared'],
])('%s?%s leads to %s', (path, search, page) => {
  expect(pageOfClientLink(path, search)).toBe(page);
});

test.each([
  ['/acme/vision/artifacts/model/detector', ''],
  ['/acme/vision/artifacts/model/detector/v3', ''],
  ['/acme/registry/automations', ''], // a project named registry
  ['/acme/registry/model', 'selectionPath=acme%2Fvision'],
  ['/acme/registry/model', 'selectionPath=%2F%2Fevil.example%2Fx'],
  ['/registry/model', SELECTION],
  ['/%E0%A4%A/x/workspace', ''],
])('%s?%s is left alone', (path, search) => {
  expect(pageOfClientLink(path, search)).toBeNull();
});

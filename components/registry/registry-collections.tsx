'use client';

import { Page } from '#components/layout/page.tsx';
import { CollectionTable } from './collection-table.tsx';
import { type RegistryAt, RegistryFrame, registryCrumbs } from './registry-frame.tsx';

export function RegistryCollections(at: RegistryAt) {
  return (
    <Page crumbs={registryCrumbs(at)}>
      <RegistryFrame {...at} tab="collections" />
      <CollectionTable at={at} />
    </Page>
  );
}

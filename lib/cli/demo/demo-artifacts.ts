import type { People } from './demo-people.ts';
import { noise } from './demo-runs.ts';

/** Versions that were there before the automations; collections must exist before one can be watched. */
export async function makeArtifacts({ ana, jonas, mei }: People): Promise<void> {
  for (let index = 0; index < 12; index++) {
    const accuracy = Number((0.84 + index * 0.006 + noise('detector', index) * 0.01).toFixed(3));
    await (index % 3 ? ana : jonas).send('acme/vision', {
      type: 'artifact.created',
      artifact: {
        collection: 'detector',
        type: 'model',
        metadata: { accuracy, 'val/mAP': Number((accuracy - 0.28).toFixed(3)), framework: 'pytorch', image_size: [640, 640] },
        aliases: index === 9 ? ['production'] : index === 11 ? ['candidate'] : [],
        tags: index > 8 ? ['eu'] : [],
      },
    });
  }
  for (let index = 0; index < 5; index++) {
    const metadata = { images: 42_000 + index * 3_100, regions: ['eu', 'us'] };
    await jonas.send('acme/vision', { type: 'artifact.created', artifact: { collection: 'road-scenes', type: 'dataset', metadata } });
  }
  for (let index = 0; index < 6; index++) {
    const metadata = { auc: Number((0.91 + index * 0.004).toFixed(3)), calibrated: index > 3 };
    await mei.send('acme/fraud', { type: 'artifact.created', artifact: { collection: 'xgb-scorer', type: 'model', metadata } });
  }
  await mei.send('acme/fraud', linkScorer(2, []), linkScorer(3, ['shadow']));
  await jonas.send('acme/vision', {
    type: 'artifact.linked',
    artifact: { collection: 'road-scenes', version: 3 },
    to: { registry: 'dataset', collection: 'road-scenes' },
  });
}

export const linkScorer = (version: number, aliases: string[]) => ({
  type: 'artifact.linked',
  artifact: { collection: 'xgb-scorer', version },
  to: { registry: 'model', collection: 'fraud-scorer' },
  aliases,
});

/** What happens to artifacts while automations watch. */
export async function moveArtifacts({ ana, jonas, mei }: People): Promise<void> {
  await ana.send('acme/vision', { type: 'artifact.alias_added', artifact: { collection: 'detector', version: 11 }, alias: 'production' });
  await jonas.send('acme/vision', {
    type: 'artifact.created',
    artifact: { collection: 'road-scenes', type: 'dataset', metadata: { images: 58_200, regions: ['eu', 'us', 'jp'] } },
  });
  await mei.send('acme/fraud', linkScorer(4, ['staging']));
  await mei.send('acme/fraud', {
    type: 'artifact.alias_added',
    artifact: { registry: 'model', collection: 'fraud-scorer', version: 2 },
    alias: 'production',
  });
  await jonas.send('acme/vision', { type: 'artifact.tag_added', artifact: { collection: 'detector', version: 11 }, tag: 'validated' });
}

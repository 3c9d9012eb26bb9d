import { failStart } from './fail-start.ts';
import { serve } from './main.ts';

await serve({ dev: true }).catch(failStart);

/** What connects a script to this server, as the dashboard shows it; the client tests run the same text. */
export const exportLines = (publicUrl: string, apiKey: string) => `export WANDB_BASE_URL=${publicUrl}\nexport WANDB_API_KEY=${apiKey}`;

/** A first run, complete: it needs no environment. */
export const pythonSnippet = (publicUrl: string, apiKey: string, entity: string) => `import os

os.environ["WANDB_BASE_URL"] = "${publicUrl}"
os.environ["WANDB_API_KEY"] = "${apiKey}"

import wandb

run = wandb.init(entity="${entity}", project="hello")
for step in range(10):
    run.log({"loss": 1 / (step + 1)})
run.finish()`;

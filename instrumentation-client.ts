// zod would try whether it may eval, which the content security policy forbids and reports. Its settings are made here, where
// it looks for them, before any schema is: asking zod to make them would bring it to every page.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });

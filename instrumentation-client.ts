import { config } from 'zod/v4/core';

// Before any schema of a page is made: zod would try whether it may eval, which the content security policy forbids and reports.
config({ jitless: true });

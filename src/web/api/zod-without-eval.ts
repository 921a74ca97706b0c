import { config } from 'zod/v4/core'

// Zod makes faster parsers by `new Function` where that is allowed. Our content policy forbids it, and the mere try is a breach
// that browsers report: it is told so before the first schema. Pages import zod by way of this file (vite.config.ts).
config({ jitless: true })

export * from 'zod/v4'

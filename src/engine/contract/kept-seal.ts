import { z } from 'zod'

/** The end of a company's audit chain, to be kept outside of the database: what comes before it cannot change unseen. */
export const keptSeal = z.object({
  /** Short name of the company. */
  company: z.string(),
  /** Place in the chain. */
  number: z.string().regex(/^\d{1,18}$/),
  /** SHA-256 in hexadecimal digits. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  sealedAt: z.union([z.date(), z.string()]),
})

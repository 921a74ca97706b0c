import { z } from 'zod'

/** Key of a role of the company: whether there is one is asked where it is given to somebody. */
export const roleKey = z.string().regex(/^[a-z][a-z0-9_]{0,62}$/)

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

/** The folder of the installation, where migrations and web pages are. */
export const home = fileURLToPath(new URL('../../', import.meta.url))

/** The version of the product. */
export const version = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))).version

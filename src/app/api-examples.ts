import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RouteExamples } from '#platform/openapi/operation.ts'

/** Where the examples of the API are kept: requests that a test made, and what they came to. */
export const examplesFile = join(import.meta.dirname, 'api-examples.json')

/** The examples by method and path. */
export function readExamples(): RouteExamples {
  return JSON.parse(readFileSync(examplesFile, 'utf8')) as RouteExamples
}

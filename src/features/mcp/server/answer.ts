import type { CallToolResult } from '@modelcontextprotocol/sdk/types.js'
import { z } from 'zod'
import type { ApiAnswer } from './api.ts'

/** More than an assistant reads in one go. */
const mostCharacters = 100_000

const Problem = z.object({
  code: z.string(),
  title: z.string(),
  errors: z.array(z.object({ field: z.string(), message: z.string() })).default([]),
})

/** What a tool answers: the JSON of the API, or its refusal in words. */
export function toolAnswer({ status, body }: ApiAnswer): CallToolResult {
  if (status >= 400) return refusal(wordsOf(status, body))
  const text = JSON.stringify(body ?? {})
  if (text.length <= mostCharacters) return { content: [{ type: 'text', text }] }
  return refusal(
    `The answer has ${text.length} characters; at most ${mostCharacters} are given. Ask for fewer records or fields.`,
  )
}

function refusal(text: string): CallToolResult {
  return { isError: true, content: [{ type: 'text', text }] }
}

function wordsOf(status: number, body: unknown): string {
  const problem = Problem.safeParse(body)
  if (!problem.success) return `Refused with status ${status}.`
  const { code, title, errors } = problem.data
  return [`${code}: ${title}`, ...errors.map(({ field, message }) => `- ${field}: ${message}`)].join('\n')
}

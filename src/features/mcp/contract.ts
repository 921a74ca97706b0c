import { z } from 'zod'
import { defineRoute } from '#engine/contract/route.ts'

/** The address of the Model Context Protocol, by its streamable HTTP transport, without sessions. */
export const mcpRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/mcp',
  // Every tool asks a route of its own, which holds it against the scopes of the key.
  reads: true,
  forAnyKey: true,
  summary: {
    zh: '供智能助手使用（Model Context Protocol）',
    en: 'The same for assistants: one message of the Model Context Protocol (JSON-RPC 2.0)',
  },
  access: 'signed-in',
  body: z.looseObject({
    jsonrpc: z.literal('2.0'),
    method: z.string().max(200).optional(),
    id: z.union([z.string().max(200), z.number()]).optional(),
  }),
  reply: z.looseObject({ jsonrpc: z.literal('2.0') }),
})

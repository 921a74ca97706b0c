import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { longestText } from '#engine/query/text/longest-text.ts'
import { toolAnswer } from './answer.ts'
import type { Api, ApiAnswer } from './api.ts'

const object = z.string().max(60).describe('Key of an object as list_objects names it, e.g. account')
const id = z.uuid().describe('Id of a record')

/** Tools that read objects and records. */
export function registerReading(server: McpServer, api: Api): void {
  server.registerTool(
    'list_objects',
    {
      title: 'Objects and fields',
      description: 'The kinds of records with their fields: keys, types, choices. Name one object to see its fields.',
      inputSchema: { object: object.optional() },
      annotations: { readOnlyHint: true },
    },
    async (asked) => toolAnswer(shortObjects(await api({ method: 'GET', path: '/objects' }), asked.object)),
  )
  server.registerTool(
    'query_records',
    {
      title: 'Query records',
      description:
        'Records of an object that a filter in text form meets, a page at a time; hand the cursor back to go on.',
      inputSchema: {
        object,
        filter: z
          .string()
          .max(longestText)
          .optional()
          .describe('e.g. city:杭州 annualRevenue>1000000 or owner:me; empty for all'),
        fields: z.array(z.string().max(100)).max(50).optional().describe('Keys of the fields to read'),
        sort: z
          .array(z.object({ field: z.string().max(100), descending: z.boolean().optional() }))
          .max(5)
          .optional(),
        limit: z.number().int().min(1).max(100).default(20),
        cursor: z.string().max(4000).optional(),
      },
      annotations: { readOnlyHint: true },
    },
    async ({ object: key, filter, ...question }) =>
      toolAnswer(
        await api({
          method: 'POST',
          path: `/records/${encodeURIComponent(key)}/query`,
          body: { ...question, ...(filter ? { text: filter } : {}) },
        }),
      ),
  )
  server.registerTool(
    'get_record',
    {
      title: 'One record',
      description: 'A record with all of its fields and the names of what they point at.',
      inputSchema: { object, id },
      annotations: { readOnlyHint: true },
    },
    async ({ object: key, id: one }) =>
      toolAnswer(await api({ method: 'GET', path: `/records/${encodeURIComponent(key)}/${one}` })),
  )
}

const Listed = z.object({
  objects: z.array(
    z.object({
      key: z.string(),
      label: z.object({ zh: z.string(), en: z.string() }),
      can: z.record(z.string(), z.boolean()),
      fields: z.array(
        z.object({
          key: z.string(),
          label: z.object({ zh: z.string(), en: z.string() }),
          type: z.string(),
          to: z.string().optional(),
          required: z.boolean().optional(),
          readOnly: z.boolean().optional(),
          choices: z.array(z.object({ key: z.string() })).optional(),
        }),
      ),
    }),
  ),
})

/** Without layouts and looks: what it takes to ask and to write. */
function shortObjects({ status, body }: ApiAnswer, wanted: string | undefined): ApiAnswer {
  const listed = Listed.safeParse(body)
  if (!listed.success) return { status, body }
  const objects = listed.data.objects.filter(({ key, can }) => can['read'] && (wanted === undefined || key === wanted))
  return {
    status,
    body: {
      objects: objects.map(({ fields, ...object }) => ({
        ...object,
        fields:
          wanted === undefined
            ? fields.map(({ key }) => key)
            : fields.map(({ choices, ...field }) => ({
                ...field,
                ...(choices ? { choices: choices.map(({ key }) => key) } : {}),
              })),
      })),
    },
  }
}

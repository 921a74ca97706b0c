import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { z } from 'zod'
import { toolAnswer } from './answer.ts'
import type { Api } from './api.ts'

const metric = z.string().max(60).describe('Key of a metric as list_metrics names it, e.g. signed_amount')
const period = z
  .string()
  .max(20)
  .optional()
  .describe('Fiscal year, quarter or month: 2026, 2026-Q2, 2026-M04; the current year unless told')
const node = z.string().max(100).optional().describe('Node of the tree: a unit, or a person in it; the top unless told')
const reading = { annotations: { readOnlyHint: true } } as const

/** Tools that read metrics, targets and what stands behind a figure. */
export function registerResults(server: McpServer, api: Api): void {
  server.registerTool(
    'list_metrics',
    { title: 'Metrics', description: 'What is measured, in words and units.', ...reading },
    async () => toolAnswer(await api({ method: 'GET', path: '/metrics' })),
  )
  server.registerTool(
    'read_attainment',
    {
      title: 'Attainment tree',
      description: 'Target, actual, attainment and pace of a node and its children, for a metric and a period.',
      inputSchema: { metric, period, node },
      ...reading,
    },
    async ({ metric: key, ...query }) =>
      toolAnswer(await api({ method: 'GET', path: `/metrics/${encodeURIComponent(key)}/tree`, query })),
  )
  server.registerTool(
    'read_series',
    {
      title: 'By month',
      description: 'Actual and target of a node, month by month.',
      inputSchema: { metric, period, node },
      ...reading,
    },
    async ({ metric: key, ...query }) =>
      toolAnswer(await api({ method: 'GET', path: `/metrics/${encodeURIComponent(key)}/series`, query })),
  )
  server.registerTool(
    'records_behind',
    {
      title: 'Records behind a figure',
      description: 'The records that a figure is made of, with what each adds.',
      inputSchema: {
        metric,
        period,
        node,
        limit: z.number().int().min(1).max(100).default(20),
        cursor: z.string().max(400).optional(),
      },
      ...reading,
    },
    async ({ metric: key, ...query }) =>
      toolAnswer(await api({ method: 'GET', path: `/metrics/${encodeURIComponent(key)}/records`, query })),
  )
  server.registerTool(
    'list_plans',
    {
      title: 'Target plans',
      description: 'Plans of targets, by fiscal year and metric.',
      inputSchema: { year: z.number().int().min(1900).max(2200).optional(), metric: metric.optional() },
      ...reading,
    },
    async (query) => toolAnswer(await api({ method: 'GET', path: '/plans', query })),
  )
}

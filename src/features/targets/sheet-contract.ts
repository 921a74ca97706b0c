import { z } from 'zod'
import { defineRoute, tableFiles } from '#engine/contract/route.ts'
import { cellChangeShape } from './change-contract.ts'
import { figure, nodeId, planParams } from './contract-shapes.ts'
import { planEdit, planRead } from './permissions.ts'

export const mismatchShape = z.object({
  node: nodeId,
  name: z.string(),
  month: z.number().int(),
  own: figure,
  children: figure,
})

export const planWorkbookRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/workbook',
  summary: {
    zh: '导出工作簿（各档目标分表，含公式与锁定）',
    en: 'The plan as a workbook: a sheet for each level, with formulas and locks',
  },
  access: { permission: planRead },
  params: planParams,
  files: ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
})

export const exportSheetRoute = defineRoute({
  method: 'GET',
  path: '/api/v1/plans/:planId/sheet',
  summary: { zh: '导出宽表（人员×各月）', en: 'The wide sheet: people × months' },
  access: { permission: planRead },
  params: planParams,
  query: z.object({ format: z.enum(['json', 'csv', 'xlsx']).default('json') }),
  reply: z.object({ header: z.array(z.string()), rows: z.array(z.array(z.string())) }),
  files: tableFiles,
})

/** What a sheet would change; nothing is saved. */
const sheetReading = z.object({
  version: z.number(),
  changes: z.array(cellChangeShape),
  mismatches: z.array(mismatchShape),
  /** Cells and rows that could not be used, with their place in the sheet (row 1 is the header). */
  faults: z.array(z.object({ row: z.number(), column: z.string(), text: z.string(), message: z.string() })),
  /** Cells where floor ≤ target ≤ stretch would not hold. */
  crossings: z.array(z.object({ node: nodeId, name: z.string(), month: z.number(), message: z.string() })),
  /** Where the sheet came out of an older version of the plan: who changed it since. */
  outdated: z
    .object({
      /** The version that the sheet was made from. */
      version: z.number(),
      names: z.string(),
      /** Cells that both the sheet and the plan changed since. */
      both: z.array(z.object({ node: nodeId, month: z.number() })),
    })
    .nullable(),
})

export const readSheetRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/sheet',
  reads: true,
  mostBytes: 20_000_000,
  summary: { zh: '读取宽表，预览差异与合计', en: 'Read a wide sheet: differences and sums before saving' },
  access: { permission: planEdit },
  params: planParams,
  body: z.object({
    /** Cells as text, header first, as pasted or read from a file. */
    rows: z
      .array(z.array(z.string().max(200)).max(100))
      .min(2)
      .max(20_000),
  }),
  reply: sheetReading,
})

export const readSheetFileRoute = defineRoute({
  method: 'POST',
  path: '/api/v1/plans/:planId/sheet/file',
  reads: true,
  summary: {
    zh: '读取宽表文件（multipart,CSV 或 XLSX）,预览差异与合计',
    en: 'Read a wide sheet from a file (multipart, CSV or XLSX): differences and sums before saving',
  },
  access: { permission: planEdit },
  params: planParams,
  takesFile: true,
  reply: sheetReading,
})

import { verifyIndexes } from '#features/shaping/server/index.ts'
import type { SystemCheck } from '#features/system/server/index.ts'
import { verifyPlans } from '#features/targets/server/index.ts'
import { verifyAudit } from '#platform/audit/index.ts'
import { verifyDuplicates } from '#platform/duplicates/index.ts'
import { verifyFiles } from '#platform/files/index.ts'
import { verifyLedger } from '#platform/ledger/index.ts'
import { searchedKinds, verifySearch } from '#platform/search/index.ts'

/** What `terrace verify` compares too, for the page of the system. */
export const companyChecks: readonly SystemCheck[] = [
  {
    key: 'ledger',
    label: { zh: '台账与汇总', en: 'Ledger and roll-ups' },
    run: async (ctx) => (await verifyLedger(ctx)).length,
  },
  { key: 'plans', label: { zh: '目标计划', en: 'Plans' }, run: async (ctx) => (await verifyPlans(ctx)).length },
  {
    key: 'search',
    label: { zh: '搜索', en: 'Search' },
    run: async (ctx) => (await verifySearch(ctx, searchedKinds(ctx.company.catalogue))).length,
  },
  {
    key: 'audit',
    label: { zh: '审计日志', en: 'Audit log' },
    run: async (ctx) => (await verifyAudit(ctx)).misfits.length,
  },
  { key: 'files', label: { zh: '文件', en: 'Files' }, run: async (ctx) => (await verifyFiles(ctx)).length },
  {
    key: 'indexes',
    label: { zh: '自定义字段的索引', en: 'Indexed fields' },
    run: async (ctx) => (await verifyIndexes(ctx)).reduce((sum, { count }) => sum + count, 0),
  },
  {
    key: 'duplicates',
    label: { zh: '查重', en: 'Keys of duplicates' },
    run: async (ctx) =>
      (await verifyDuplicates(ctx)).reduce((sum, { missing, needless }) => sum + missing + needless, 0),
  },
]

import type { Ctx } from '#platform/db/ctx.ts'
import { standardCatalogue } from '#platform/records/registry.ts'
import { findRecords, searchedKinds } from '#platform/search/index.ts'
import { figure, type Figure, type Setting } from './figure.ts'
import { percentile, timesInTurn } from './measure.ts'

/** What people type, by kind: rare words and those that half of all names share. */
const queries = {
  'two characters': ['华为', '鼎鑫', '瀚洋', '晨旭', '紫枫', '云龙', '康健', '珠琪'],
  'frequent characters': ['科技', '贸易', '北京', '有限公司', '公司', '实业', '机械', '上海'],
  'three or more characters': [
    '北京华',
    '华为科技',
    '深圳市云',
    '鼎鑫电子',
    '能源科技',
    '龙凤商贸有限公司',
    '江河实',
    '海宏生物科技',
  ],
  initials: ['hw', 'kj', 'bj', 'dx', 'szyl', 'bjhwkj', 'xnykj', 'hwjx'],
  pinyin: ['huawei', 'huaw', 'keji', 'dingxin', 'beijing', 'yunlongkej', 'xian', 'shangmao'],
  'phone fragments': ['138', '0000', '5678', '13812', '888', '123456', '90017', '18812345678'],
  'one character': ['华', '北', '云', '上', '深', '龙', '苏', '武'],
  codes: ['K00', 'K0012345', '999', '12345', 'k07', '0077', '500000', '0999999'],
  'with a mistake': ['huawie', '华微科枝', 'beijng', '鼎新电予', 'shagnmao', 'kejj', '云龙商帽', '深圳市云鼎'],
} satisfies Record<string, readonly string[]>

const goal = { atMost: 50 }

/** Searching a million accounts with row-level security, for those who see all, a tenth and a three-thousandth of them. */
export async function bench({ seeded }: Setting): Promise<readonly Figure[]> {
  const { everybody, manager, representative, searched } = await seeded()
  await searched()
  const figures: Figure[] = []
  for (const [who, ctx] of Object.entries({ everybody, manager, representative })) {
    for (const [what, texts] of Object.entries(queries)) figures.push(await measure(who, ctx, what, texts))
  }
  return figures
}

async function measure(who: string, ctx: Ctx, what: string, texts: readonly string[]): Promise<Figure> {
  const kinds = searchedKinds(standardCatalogue())
  const { search } = await timesInTurn(
    { rounds: texts.length * 12, warmUp: texts.length },
    { search: (round) => findRecords(ctx, kinds, { query: texts[round % texts.length] ?? '', limit: 6 }) },
  )
  return figure(`search ${what}, ${who}: p95`, percentile(search, 0.95), 'ms', goal)
}

export interface Ware {
  readonly name: string
  readonly code: string
  readonly series: string
  /** Yuan. */
  readonly listPrice: number
  /** What a usual deal takes. */
  readonly usualCount: number
  /** How often it is asked for. */
  readonly demand: number
  /** What it costs as a share of what it is sold for; null: nobody keeps its cost. */
  readonly costShare: number | null
}

// prettier-ignore
export const wares: readonly Ware[] = [
  { name: '禾田 F200 水肥一体机', code: 'HT-F200', series: '水肥灌溉', listPrice: 86_000, usualCount: 4, demand: 12, costShare: 0.63 },
  { name: '禾田 F500 智能灌溉首部', code: 'HT-F500', series: '水肥灌溉', listPrice: 238_000, usualCount: 2, demand: 9, costShare: 0.66 },
  { name: '禾田 P60 指针式喷灌机', code: 'HT-P60', series: '水肥灌溉', listPrice: 329_000, usualCount: 1.6, demand: 6, costShare: 0.71 },
  { name: '禾田 D30 植保无人机', code: 'HT-D30', series: '植保无人机', listPrice: 59_800, usualCount: 6, demand: 13, costShare: 0.68 },
  { name: '禾田 D70 重载无人机', code: 'HT-D70', series: '植保无人机', listPrice: 92_000, usualCount: 4, demand: 9, costShare: 0.66 },
  { name: '禾田 G12 粮食烘干塔', code: 'HT-G12', series: '粮食产后', listPrice: 268_000, usualCount: 1.8, demand: 9, costShare: 0.72 },
  { name: '禾田 G30 连续式烘干线', code: 'HT-G30', series: '粮食产后', listPrice: 860_000, usualCount: 1, demand: 4, costShare: 0.74 },
  { name: '禾田 S8 色选机', code: 'HT-S8', series: '粮食产后', listPrice: 198_000, usualCount: 2, demand: 8, costShare: 0.61 },
  { name: '禾田 H1 温室环境控制系统', code: 'HT-H1', series: '智慧温室', listPrice: 148_000, usualCount: 2.5, demand: 9, costShare: 0.64 },
  { name: '禾田 H3 连栋温室总包', code: 'HT-H3', series: '智慧温室', listPrice: 1_280_000, usualCount: 1, demand: 3, costShare: null },
  { name: '禾田 L2 植物补光系统', code: 'HT-L2', series: '智慧温室', listPrice: 36_000, usualCount: 8, demand: 6, costShare: 0.7 },
  { name: '禾田 M5 精准饲喂站', code: 'HT-M5', series: '智慧牧场', listPrice: 118_000, usualCount: 3, demand: 7, costShare: 0.62 },
  { name: '禾田 M9 挤奶监测系统', code: 'HT-M9', series: '智慧牧场', listPrice: 460_000, usualCount: 1, demand: 4, costShare: 0.6 },
  { name: '禾田 Q3 果蔬分选线', code: 'HT-Q3', series: '分选加工', listPrice: 1_080_000, usualCount: 1, demand: 3, costShare: 0.73 },
  { name: '禾田 W1 墒情气象站', code: 'HT-W1', series: '田间物联', listPrice: 19_800, usualCount: 10, demand: 8, costShare: 0.58 },
  { name: '禾田 C1 农场管理云平台', code: 'HT-C1', series: '田间物联', listPrice: 98_000, usualCount: 1.5, demand: 7, costShare: null },
  { name: '禾田 A2 水质监测增氧系统', code: 'HT-A2', series: '智慧渔业', listPrice: 56_000, usualCount: 6, demand: 8, costShare: 0.65 },
  { name: '禾田 A6 自动投饵线', code: 'HT-A6', series: '智慧渔业', listPrice: 138_000, usualCount: 2.5, demand: 6, costShare: 0.67 },
]

/** Consumables and parts, ordered again and again without a deal of their own. */
export const parts: readonly (readonly [words: string, amount: number, costShare: number | null])[] = [
  ['滴灌带与过滤器', 18_000, 0.55],
  ['无人机电池与桨叶', 24_000, 0.6],
  ['传感器探头更换', 9_600, 0.5],
  ['烘干塔年度保养', 32_000, null],
  ['色选机喷阀组件', 15_800, 0.57],
  ['云平台年费续订', 28_000, null],
]

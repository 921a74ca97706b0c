import { defineWords } from '#web/words/words.ts'

export const terraceWords = defineWords('terrace', {
  label: {
    zh: '{name} 的梯田：每一级的宽度是目标占比，作物的高度是达成率',
    en: 'Terrace of {name}: each step is as wide as its share of the target, the crop as high as its attainment',
  },
  step: {
    zh: '{name}，{state}，达成 {attainment}，实际 {actual}，目标 {target}',
    en: '{name}, {state}, {attainment} attained, actual {actual}, target {target}',
  },
  water: { zh: '水位线：此时应达 {share}', en: 'Water line: {share} due by now' },
  waterHint: {
    zh: '水位线是工作日进度：作物高出水面为领先，淹在水下为落后',
    en: 'The water line is the share of working days gone: crops above it are ahead, crops under it are behind',
  },
  actual: { zh: '实际', en: 'Actual' },
  target: { zh: '目标', en: 'Target' },
  attainment: { zh: '达成率', en: 'Attainment' },
  noTarget: { zh: '这个期间没有目标', en: 'No target in this period' },
  unassigned: { zh: '未归属', en: 'Unassigned' },
  goDown: { zh: '点击进入', en: 'Click to go down' },
  ring: { zh: '{name} 的达成环：{attainment}，{state}', en: 'Attainment ring of {name}: {attainment}, {state}' },
})

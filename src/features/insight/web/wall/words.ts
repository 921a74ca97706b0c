import { defineWords } from '#web/words/words.ts'

export const wallWords = defineWords('wall', {
  title: { zh: '大屏', en: 'Wall screen' },
  leave: { zh: '退出大屏', en: 'Leave the wall screen' },
  full: { zh: '全屏', en: 'Full screen' },
  pause: { zh: '停止轮播', en: 'Stop turning' },
  play: { zh: '继续轮播', en: 'Go on turning' },
  next: { zh: '下一个指标', en: 'Next metric' },
  units: { zh: '各下级', en: 'Tier by tier' },
  people: { zh: '领先的人', en: 'Leading people' },
  noneHere: { zh: '这里没有下一级', en: 'Nothing stands below here' },
  noneJudged: {
    zh: '没有人或单位同时有目标和结果，排不出名次',
    en: 'Nobody here has both a target and a result to be ranked by',
  },
  actual: { zh: '实际', en: 'Actual' },
  target: { zh: '目标', en: 'Target' },
  attainment: { zh: '达成率', en: 'Attainment' },
  records: { zh: '{name} 背后的记录', en: 'Records behind {name}' },
  due: { zh: '此时应达 {share}', en: '{share} due by now' },
  readAt: { zh: '{time} 更新', en: 'Updated {time}' },
  stale: { zh: '连接中断，数字停在 {time}', en: 'Connection lost; figures are of {time}' },
  noTargets: { zh: '这个期间没有发布的目标', en: 'No targets are published for this period' },
  noTargetsText: {
    zh: '发布目标计划后，大屏会轮播每个指标。',
    en: 'Once plans are published, the wall turns through their metrics.',
  },
})

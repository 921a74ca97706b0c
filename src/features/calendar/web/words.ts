import { defineWords } from '#web/words/words.ts'

/** Texts about the calendar to subscribe to. */
export const calendarWords = defineWords('calendar', {
  title: { zh: '日历订阅', en: 'Calendar' },
  text: {
    zh: '在手机或电脑的日历里订阅您的任务与拜访，自动更新。',
    en: 'Subscribe to your tasks and visits in the calendar of your phone or computer.',
  },
  make: { zh: '生成订阅地址', en: 'Make an address' },
  renew: { zh: '重新生成', en: 'Make a new address' },
  revoke: { zh: '停用', en: 'Stop' },
  once: {
    zh: '地址只显示这一次；知道它的人都能看到您的日历，请勿转发。',
    en: 'It is shown this once. Whoever knows it sees your calendar: do not pass it on.',
  },
  isOn: { zh: '已启用；重新生成后，旧地址随即失效。', en: 'In use. A new address ends the former one.' },
  stopped: { zh: '日历订阅已停用', en: 'The calendar address has ended' },
})

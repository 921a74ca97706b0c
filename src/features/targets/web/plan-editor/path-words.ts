import { defineWords } from '#web/words/words.ts'

/** Texts of the path of a plan. */
export const pathWords = defineWords('plan-path', {
  submit: { zh: '送审', en: 'Submit for review' },
  withdraw: { zh: '撤回', en: 'Withdraw' },
  approve: { zh: '通过', en: 'Approve' },
  sendBack: { zh: '退回', en: 'Send back' },
  publish: { zh: '发布', en: 'Publish' },
  reopen: { zh: '重新打开', en: 'Reopen' },
  lock: { zh: '锁定计划', en: 'Lock the plan' },
  lockHint: {
    zh: '锁定后只能通过申诉或注明原因的修正，从某一期起修改，不能解锁。',
    en: 'A locked plan changes from a period on only, by an appeal or an amendment. It cannot be unlocked.',
  },
  comment: { zh: '写明原因', en: 'Say why' },
  moved: { zh: '已完成', en: 'Done' },
  options: { zh: '审核与上报设置', en: 'Review and proposals' },
  asksReview: { zh: '发布前需要审核', en: 'Review before it is published' },
  asksProposals: { zh: '逐级上报：大家可以上报自己的数', en: 'Bottom-up: people propose their own numbers' },
  proposalsUntil: { zh: '上报截止日', en: 'Last day of proposals' },
  appealsUntil: { zh: '申诉截止日', en: 'Last day of appeals' },
  appealDays: { zh: '申诉应在几天内决定', en: 'Days within which an appeal is decided' },
  differences: { zh: '与上次发布的差异', en: 'Changes since it was published' },
  neverPublished: { zh: '还没有发布过，以下全部是新的', en: 'Never published: all of this is new' },
  since: { zh: '与第 {n} 版（上次发布）相比', en: 'Compared with version {n}, published last' },
  floor: { zh: '保底', en: 'Floor' },
  stretch: { zh: '挑战', en: 'Stretch' },
  same: { zh: '没有差异', en: 'No difference' },
})

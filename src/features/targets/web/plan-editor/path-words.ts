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
  submitted: { zh: '已送审，审核人会收到通知', en: 'Submitted; those who review it are told' },
  withdrawn: { zh: '已撤回，可以继续修改', en: 'Withdrawn; it can be changed again' },
  approved: { zh: '已通过，可以发布', en: 'Approved; it can be published' },
  sentBack: { zh: '已退回，制定人会收到通知', en: 'Sent back; those who made it are told' },
  published: { zh: '已发布，大家会看到自己的目标', en: 'Published; people see their targets now' },
  reopened: { zh: '已重新打开，修改后请再次发布', en: 'Reopened; publish it again once it is changed' },
  locked: { zh: '已锁定', en: 'Locked' },
  saveFirst: { zh: '请先保存或放弃改动', en: 'Save or discard your changes first' },
  lockHint: {
    zh: '锁定后只能通过申诉或注明原因的修正，从某一期起修改，不能解锁。',
    en: 'A locked plan changes from a period on only, by an appeal or an amendment. It cannot be unlocked.',
  },
  reopenHint: {
    zh: '计划回到草稿，在再次发布之前大家看到的目标仍会计算达成。',
    en: 'The plan becomes a draft again. Until it is published once more, attainment goes on against it.',
  },
  comment: { zh: '写明原因', en: 'Say why' },
  options: { zh: '审核与上报设置', en: 'Review and proposals' },
  optionsHint: {
    zh: '最短的路径是直接发布；下面的步骤需要时再打开。',
    en: 'The short way is to publish at once; switch on what you need.',
  },
  optionsKept: { zh: '设置已保存', en: 'Settings saved' },
  asksReview: { zh: '发布前需要审核', en: 'Review before it is published' },
  asksReviewHint: {
    zh: '由有审核权限的人或最高层级的负责人审核；送审人不能审核自己的计划。',
    en: 'By whoever may review plans, or the head of the top unit; nobody approves what they submitted.',
  },
  asksProposals: { zh: '逐级上报：大家可以上报自己的数', en: 'Bottom-up: people propose their own numbers' },
  proposalsNotSummed: {
    zh: '这个指标的目标各级或各期不相加，不能逐级上报；每一行的数请直接在计划里商定。',
    en: 'Targets of this metric do not add up over tiers or periods, so they cannot be proposed from below; agree on each row in the plan.',
  },
  proposalsUntil: { zh: '上报截止日', en: 'Last day of proposals' },
  appealsUntil: { zh: '申诉截止日', en: 'Last day of appeals' },
  appealsUntilHint: { zh: '不填：整个财年都可以申诉', en: 'Empty: all year long' },
  appealDays: { zh: '申诉应在几天内决定', en: 'Days within which an appeal is decided' },
  differences: { zh: '与上次发布的差异', en: 'Changes since it was published' },
  neverPublished: { zh: '还没有发布过，以下全部是新的', en: 'Never published: all of this is new' },
  since: {
    zh: '与第 {n} 版（上次发布）相比，全年合计',
    en: 'Compared with version {n}, published last; totals of the year',
  },
  floor: { zh: '保底', en: 'Floor' },
  stretch: { zh: '挑战', en: 'Stretch' },
  same: { zh: '没有差异', en: 'No difference' },
  sameText: { zh: '各行的目标与上次发布时相同。', en: 'Every row is as it was published last.' },
  sentBackNote: { zh: '{name} 于 {when} 退回：{reason}', en: 'Sent back by {name}, {when}: {reason}' },
  reopenedNote: { zh: '{name} 于 {when} 重新打开：{reason}', en: 'Reopened by {name}, {when}: {reason}' },
  inReviewNote: {
    zh: '{name} 于 {when} 送审，审核结束前不能修改。',
    en: 'Submitted by {name}, {when}; it stands still until the review ends.',
  },
  approvedNote: {
    zh: '{name} 于 {when} 审核通过，发布后生效。',
    en: 'Approved by {name}, {when}; it takes effect once it is published.',
  },
  publishedNote: {
    zh: '审核过的计划已发布。要修改请重新打开，或用“修正目标”从某一期起修改。',
    en: 'This reviewed plan is published. Reopen it to change it, or amend a target from a period on.',
  },
  lockedNote: {
    zh: '计划已锁定，目标只能通过申诉，或由制定计划的人从某一期起修正。',
    en: 'The plan is locked: targets change by an appeal, or by an amendment from a period on.',
  },
})

/** What is said when a step was taken. */
export const doneWords = {
  submit: 'submitted',
  withdraw: 'withdrawn',
  approve: 'approved',
  sendBack: 'sentBack',
  publish: 'published',
  reopen: 'reopened',
  lock: 'locked',
} as const

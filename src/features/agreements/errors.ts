import { defineErrors } from '#base/errors.ts'

export const agreementErrors = defineErrors({
  PROPOSALS_NOT_ASKED: {
    status: 409,
    label: {
      zh: '这个计划没有打开“逐级上报”，或已不是草稿，现在不能上报',
      en: 'This plan does not ask for proposals, or is no draft any more: nothing can be proposed now',
    },
  },
  PROPOSALS_OVER: {
    status: 409,
    label: { zh: '上报已于 {day} 截止', en: 'Proposals ended on {day}' },
  },
  PROPOSAL_NOT_YOURS: {
    status: 403,
    label: {
      zh: '只能上报自己的目标；经理可以调整本单位的上报',
      en: 'You propose your own number; managers adjust those of their units',
    },
  },
  PROPOSAL_OF_SUM: {
    status: 422,
    label: {
      zh: '“{name}”是下级之和，请调整下级的上报',
      en: '“{name}” is the sum of what is below; adjust that',
    },
  },
  PROPOSAL_SUBMITTED: {
    status: 409,
    label: {
      zh: '“{name}”已提交给上级，不能再改；需要改请上级退回',
      en: '“{name}” was handed to the tier above and cannot change; have it sent back',
    },
  },
  PROPOSAL_CHANGED: {
    status: 409,
    label: {
      zh: '{name} 刚刚改了这个数；您的没有保存，请对照后再保存',
      en: '{name} changed this number meanwhile; yours was not saved, compare first',
    },
  },
  PROPOSAL_INVALID: { status: 422, label: { zh: '上报的数需要修改', en: 'The proposal needs attention' } },
  UNIT_NOT_YOURS: {
    status: 403,
    label: {
      zh: '只有本单位的经理可以提交，上级可以退回',
      en: 'A unit is submitted by its manager, and sent back by the tier above',
    },
  },
  NOTHING_TO_SUBMIT: {
    status: 422,
    label: {
      zh: '“{name}”及下级还没有人上报，没有可以提交的',
      en: 'Nobody has proposed anything for “{name}” or below: there is nothing to submit',
    },
  },
  NOTHING_PROPOSED: {
    status: 422,
    label: { zh: '还没有可以采用的上报', en: 'There is no proposal to take over' },
  },
  APPEAL_NOT_FOUND: { status: 404, label: { zh: '找不到这个申诉', en: 'This appeal was not found' } },
  APPEAL_NOT_IN_FORCE: {
    status: 409,
    label: {
      zh: '计划还没有发布，不需要申诉；可以上报自己的数',
      en: 'The plan is not published: there is nothing to appeal against, propose your number instead',
    },
  },
  APPEALS_OVER: { status: 409, label: { zh: '申诉已于 {day} 截止', en: 'Appeals ended on {day}' } },
  APPEAL_NOT_YOURS: {
    status: 403,
    label: {
      zh: '只能对自己的目标申诉；单位的目标由单位负责人申诉',
      en: 'You appeal against your own target; that of a unit is appealed against by its head',
    },
  },
  APPEAL_OPEN: {
    status: 409,
    label: { zh: '这个目标已有一个未决的申诉', en: 'There is an open appeal against this target already' },
  },
  APPEAL_INVALID: { status: 422, label: { zh: '申诉需要修改', en: 'The appeal needs attention' } },
  APPEAL_ENDED: { status: 409, label: { zh: '这个申诉已经了结', en: 'This appeal has ended' } },
  APPEAL_CHANGED: {
    status: 409,
    label: { zh: '这个申诉刚刚有变动，请重新打开', en: 'This appeal changed meanwhile; open it again' },
  },
  NOT_THE_DECIDER: {
    status: 403,
    label: {
      zh: '申诉由所在单位的负责人决定；申诉人自己不能决定',
      en: 'An appeal is decided by the head of the unit, never by whoever lodged it',
    },
  },
  NO_TIER_ABOVE: {
    status: 409,
    label: { zh: '上面没有可以转交的层级', en: 'There is no tier above to hand it to' },
  },
})

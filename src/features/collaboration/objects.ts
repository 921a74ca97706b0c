import type { Choice, ObjectType } from '#engine/model/object-type.ts'
import { everydayRights } from '#engine/policy/rights.ts'

const kinds: readonly Choice[] = [
  { key: 'visit', label: { zh: '拜访', en: 'Visit' }, color: 'green' },
  { key: 'call', label: { zh: '电话', en: 'Call' }, color: 'blue' },
  { key: 'meeting', label: { zh: '会议', en: 'Meeting' }, color: 'gold' },
  { key: 'email', label: { zh: '邮件', en: 'E-mail' }, color: 'cyan' },
  { key: 'wechat', label: { zh: '微信', en: 'WeChat' }, color: 'lime' },
  { key: 'other', label: { zh: '其他', en: 'Other' } },
]

const priorities: readonly Choice[] = [
  { key: 'high', label: { zh: '高', en: 'High' }, color: 'red' },
  { key: 'normal', label: { zh: '中', en: 'Normal' } },
  { key: 'low', label: { zh: '低', en: 'Low' } },
]

const statuses: readonly Choice[] = [
  { key: 'open', label: { zh: '待办', en: 'Open' }, color: 'blue' },
  { key: 'done', label: { zh: '已完成', en: 'Done' }, color: 'green' },
]

// prettier-ignore
export const activity: ObjectType = {
  key: 'activity',
  label: { zh: '跟进', en: 'Activity' },
  labelOfMany: { zh: '跟进', en: 'Activities' },
  table: 'activity',
  title: 'subject',
  rights: everydayRights,
  defaultSort: [{ field: 'doneOn', descending: true }],
  fields: [
    { key: 'kind', type: 'choice', choices: kinds, label: { zh: '方式', en: 'Kind' }, required: true, inList: true },
    { key: 'subject', type: 'text', label: { zh: '主题', en: 'Subject' }, required: true, searched: 'text', inList: true },
    { key: 'account', type: 'reference', to: 'account', partOf: true, label: { zh: '客户', en: 'Account' }, inList: true },
    { key: 'contact', type: 'reference', to: 'contact', label: { zh: '联系人', en: 'Contact' } },
    { key: 'opportunity', type: 'reference', to: 'opportunity', partOf: true, label: { zh: '商机', en: 'Opportunity' } },
    { key: 'doneOn', type: 'date', label: { zh: '日期', en: 'Date' }, required: true, inList: true },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner'] },
    { key: 'note', type: 'long_text', label: { zh: '记录', en: 'Note' } },
  ],
}

// prettier-ignore
export const task: ObjectType = {
  key: 'task',
  label: { zh: '任务', en: 'Task' },
  labelOfMany: { zh: '任务', en: 'Tasks' },
  table: 'task',
  title: 'subject',
  rights: everydayRights,
  defaultSort: [{ field: 'dueOn' }],
  fields: [
    { key: 'subject', type: 'text', label: { zh: '任务', en: 'Task' }, required: true, searched: 'text', inList: true },
    { key: 'account', type: 'reference', to: 'account', partOf: true, label: { zh: '客户', en: 'Account' }, inList: true },
    { key: 'opportunity', type: 'reference', to: 'opportunity', partOf: true, label: { zh: '商机', en: 'Opportunity' } },
    { key: 'dueOn', type: 'date', label: { zh: '截止日期', en: 'Due on' }, inList: true },
    { key: 'priority', type: 'choice', choices: priorities, label: { zh: '优先级', en: 'Priority' }, inList: true },
    { key: 'status', type: 'choice', choices: statuses, label: { zh: '状态', en: 'Status' }, inList: true },
    { key: 'doneOn', type: 'date', label: { zh: '完成日期', en: 'Done on' }, readOnly: true },
    { key: 'ownerId', type: 'owner', label: { zh: '负责人', en: 'Owner' }, inList: true, aliases: ['owner'] },
    { key: 'note', type: 'long_text', label: { zh: '备注', en: 'Note' } },
  ],
}

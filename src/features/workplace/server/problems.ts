import type pg from 'pg'
import { AppError } from '#base/errors.ts'
import { inWords, type Label } from '#base/label.ts'
import type { WorkplaceFault, WorkplaceProblem } from '#platform/workplace/adapter.ts'
import type { Reason } from '../sync-shapes.ts'

/** What can go wrong with a run here, besides what goes wrong there. */
export type RunProblem = WorkplaceProblem | 'nobody' | 'no-departments' | 'held' | 'unit-closed' | 'no-secret' | 'no-role' | 'disconnected' | 'interrupted' | 'unforeseen' // prettier-ignore

const problems: Readonly<Record<RunProblem, Label>> = {
  credentials: {
    zh: '对方不认识这个应用或密钥，请核对后重新保存',
    en: 'They do not know the app or its secret; check both and save again',
  },
  ip: {
    zh: '本服务器的地址不在对方应用的可信 IP 名单中，请在管理后台加入',
    en: 'This server’s address is not on the app’s list of trusted addresses; add it in their console',
  },
  scope: {
    zh: '应用没有读取通讯录的权限，请在管理后台授权并设置可见范围',
    en: 'The app may not read the directory; grant the permission and its visible range in their console',
  },
  'no-such-department': {
    zh: '找不到起始部门，或应用看不到它',
    en: 'The department to begin at is not there, or the app cannot see it',
  },
  rate: { zh: '对方限制了调用次数，请稍后再试', en: 'They limit how often they are asked; try again later' },
  unreachable: { zh: '无法连接对方服务器', en: 'Their server cannot be reached' },
  'private-address': {
    zh: '服务器地址指向本机或内网；是否允许由服务器的设置决定',
    en: 'The address leads to this machine or a private network; a setting of the server decides',
  },
  code: { zh: '登录码已用过或过期，请重新扫码', en: 'The code was used or is too old; scan again' },
  'not-a-member': { zh: '扫码的人不是该企业的成员', en: 'Whoever scanned is no member of the company' },
  unexpected: { zh: '对方的回答无法识别', en: 'Their answer is not as their documentation says' },
  nobody: {
    zh: '对方通讯录里没有可见的人员，未做任何改动；请检查应用的可见范围',
    en: 'Their directory shows no person, so nothing was changed; check the app’s visible range',
  },
  'no-departments': {
    zh: '对方通讯录里没有可见的部门，未做任何改动；请检查应用的可见范围',
    en: 'Their directory shows no department, so nothing was changed; check the app’s visible range',
  },
  held: {
    zh: '这次同步会停用或关闭的比平常多，尚未改动；请看过后确认',
    en: 'This would deactivate or close more than usual; nothing was changed until you look and confirm',
  },
  'unit-closed': {
    zh: '选定的组织单元已关闭，请重新选择',
    en: 'The unit below which departments stand is closed; choose another',
  },
  'no-secret': {
    zh: '保存的密钥无法打开（服务器的密钥换过？），请重新填写',
    en: 'The kept secret does not open (was the server’s own secret changed?); enter it again',
  },
  'no-role': { zh: '新人员的角色已不存在，请重新选择', en: 'The role of new people is gone; choose another' },
  disconnected: { zh: '连接已断开', en: 'It was disconnected' },
  interrupted: {
    zh: '同步中断，未完成的部分下次继续',
    en: 'It broke off; the next run goes on with what is left',
  },
  unforeseen: {
    zh: '发生意外错误，已记入日志，未完成的部分下次继续',
    en: 'Something unforeseen went wrong and is in the log; the next run goes on with what is left',
  },
}

const isProblem = (key: string): key is RunProblem => key in problems

/** In words, for administrators. */
export function wordsOf(problem: string | null): Label | null {
  if (problem === null) return null
  return problems[isProblem(problem) ? problem : 'unforeseen']
}

/** Their own code and words, as far as they gave any. */
export function detailOf({ code, detail }: WorkplaceFault): string | null {
  return `${code} ${detail}`.trim().slice(0, 500) || null
}

const reasons: Readonly<Record<Reason, Label>> = {
  'stays-deactivated': {
    zh: '在本系统中已由人停用，保持停用',
    en: 'Somebody deactivated this person here, and so it stays',
  },
  'several-fit': {
    zh: '手机、邮箱、工号对应公司里的几个人，无法确定是谁',
    en: 'Mobile, e-mail and employee number fit several people of the company',
  },
  'claimed-twice': {
    zh: '对方有两个账号都对应公司里的同一个人',
    en: 'Two accounts there fit one and the same person of the company',
  },
  'not-empty': {
    zh: '对方已没有这个部门，但这里还有人或下级单元，请先移走',
    en: 'The department is gone there, but people or units are still in it here; move them first',
  },
}

export const reasonWords = (reason: Reason): Label => reasons[reason]

const refused: Label = { zh: '数据库不接受这个值', en: 'The database does not accept the value' }

/** Why a line could not be done. */
export function lineProblem(error: AppError | pg.DatabaseError): Label {
  if (!(error instanceof AppError)) return refused
  const { label, params } = error.faults[0] ?? error
  return { zh: inWords(label, 'zh', params), en: inWords(label, 'en', params) }
}

import { registerMail, type MailTemplate } from '#platform/mail/index.ts'

export const invitationMail = 'sign-in.invitation'
export const resetMail = 'sign-in.reset'
export const testMail = 'sign-in.test'

const letters: readonly MailTemplate[] = [
  {
    key: invitationMail,
    subject: { zh: '{inviter} 邀请您使用“{company}”的梯田', en: '{inviter} invites you to Terrace of “{company}”' },
    paragraphs: [
      { zh: '{name}，您好：', en: 'Dear {name},' },
      {
        zh: '{inviter} 邀请您登录“{company}”的销售管理系统。点击下面的链接设置密码，{days} 天内有效，只能使用一次。',
        en: '{inviter} invites you to “{company}”. Set a password by the link below; it works once, within {days} days.',
      },
    ],
    action: { zh: '设置密码并登录', en: 'Set a password and sign in' },
    closing: {
      zh: '如果您不认识邀请人，请忽略这封邮件。请勿把链接转给他人。',
      en: 'If you do not know who invites you, ignore this letter. Do not pass the link on.',
    },
  },
  {
    key: resetMail,
    subject: { zh: '重置您的梯田密码', en: 'Reset your Terrace password' },
    paragraphs: [
      { zh: '{name}，您好：', en: 'Dear {name},' },
      {
        zh: '有人（可能是您）要求重置“{company}”的登录密码。点击下面的链接设置新密码，{minutes} 分钟内有效，只能使用一次。',
        en: 'Somebody, perhaps you, asked to reset the password for “{company}”. Set a new one by the link below; it works once, within {minutes} minutes.',
      },
    ],
    action: { zh: '设置新密码', en: 'Set a new password' },
    closing: {
      zh: '如果不是您要求的，请忽略这封邮件，密码不会改变。',
      en: 'If you did not ask for it, ignore this letter: the password stays as it is.',
    },
  },
  {
    key: testMail,
    subject: { zh: '梯田的测试邮件', en: 'A test letter from Terrace' },
    paragraphs: [
      {
        zh: '“{company}”的邮件服务器已连接，邀请和重置密码的邮件可以送达。',
        en: 'Mail of “{company}” arrives: invitations and resets will too.',
      },
    ],
  },
]

/** Tells the post what the room's letters say. */
export function registerSignInMails(): void {
  registerMail(...letters)
}

export { mailStanding } from './mail-store.ts'
export { connectMail, isMailConnected, mailSender } from './post-office.ts'
export { registerMailJobs, sendMail, type Mail } from './send-mail.ts'
export { registerMail, type MailTemplate } from './template.ts'

import type { Label } from '#base/label.ts'

/** A letter as code and words: `{name}` in a text is a parameter, filled in for each reader in their language. */
export interface MailTemplate {
  /** Unique, e.g. `sign-in.invitation`. */
  readonly key: string
  readonly subject: Label
  readonly paragraphs: readonly Label[]
  /** A button; its address is the parameter `link`. */
  readonly action?: Label
  /** In small letters at the end: why one got this, what to do if it was not meant. */
  readonly closing?: Label
}

const templates = new Map<string, MailTemplate>()

/** Called by rooms when the app is put together. */
export function registerMail(...added: readonly MailTemplate[]): void {
  for (const template of added) templates.set(template.key, template)
}

/** The template of a key that some room registered. */
export function mailTemplate(key: string): MailTemplate {
  const found = templates.get(key)
  if (!found) throw new Error(`no mail is registered as ${key}`)
  return found
}

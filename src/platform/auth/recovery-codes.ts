import { readableSecret } from './secret.ts'

const howMany = 10

/** Ten codes, each worth 79 random bits, so that a plain hash keeps them. */
export function newRecoveryCodes(): readonly string[] {
  return Array.from({ length: howMany }, () => readableSecret(4))
}

/** Whether the text is meant as a recovery code rather than one of the app. */
export function isRecoveryCode(text: string): boolean {
  return /[a-z]/i.test(text)
}

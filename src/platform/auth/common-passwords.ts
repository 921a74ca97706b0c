/** Usual in China and around a sales system, and not in the international list; in small letters. */
const usualHere: ReadonlySet<string> = new Set(
  `5201314520 52013140 1314520520 13145200 woaini1314 woaini520 woaini521 woaini123 woaiwojia aini1314 woshishui
  woshizhu nihaoma123 zhongguo1 china123 beijing1 beijing123 shanghai1 shanghai123 shenzhen guangzhou weixin123
  wechat123 tencent1 alibaba1 huawei123 huawei@123 iphone123 admin888 admin1234 admin123456 root1234 test123456
  user1234 user123456 guest123 login123 company1 company123 sales123 sales1234 terrace1 terrace123 p@ssword zxcvbnm,
  abcdefg123 19900101 19901010 20222022 20232023`.split(/\s+/),
)

let known: Promise<ReadonlySet<string>> | undefined

/** Whether the password is among those that guessers try first: 49,000 from published leaks, those usual here, and patterns. */
export async function isCommonPassword(password: string): Promise<boolean> {
  const plain = password.trim().toLowerCase()
  if (isRepeat(plain) || isRun(plain) || usualHere.has(plain)) return true
  known ??= readList()
  return (await known).has(plain)
}

/** `aaaaaaaa`, `12341234`: up to six characters again and again. */
function isRepeat(text: string): boolean {
  return /^(.{1,6})\1+$/u.test(text)
}

/** `abcdefgh`, `987654321`, `0123456789`: each character follows the one before, or comes before it. */
function isRun(text: string): boolean {
  const codes = [...text].map((mark) => mark.codePointAt(0) ?? 0)
  const steps = new Set(codes.slice(1).map((code, at) => code - (codes[at] ?? 0)))
  return codes.length > 2 && steps.size === 1 && (steps.has(1) || steps.has(-1))
}

/** Read at the first use only: most processes never need it. */
async function readList(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'].map((word) => word.toLowerCase()))
}

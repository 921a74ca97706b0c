/** A kind of file that may be attached, told by the ending of its name. */
interface FileKind {
  readonly type: string
  /** What the content may be recognised as; `text` is what is recognised as nothing and reads as text. */
  readonly content: readonly string[]
  /** Browsers show it as an image, and nothing in it can act. */
  readonly isShown?: true
  /** A small version of it can be made. */
  readonly hasPreview?: true
}

const shown = { isShown: true, hasPreview: true } as const
const office = 'application/vnd.openxmlformats-officedocument'
const open = 'application/vnd.oasis.opendocument'
// What is protected by a password lies in another container; some programs write one that is only told as a zip.
const newOffice = (content: string) => [content, 'zip', 'cfb']

/** Everything else is refused: programs, scripts, pages, drawings that can hold scripts, documents with macros. */
export const fileKinds: Readonly<Record<string, FileKind>> = {
  jpg: { type: 'image/jpeg', content: ['jpg'], ...shown },
  jpeg: { type: 'image/jpeg', content: ['jpg'], ...shown },
  png: { type: 'image/png', content: ['png', 'apng'], ...shown },
  gif: { type: 'image/gif', content: ['gif'], ...shown },
  webp: { type: 'image/webp', content: ['webp'], ...shown },
  avif: { type: 'image/avif', content: ['avif'], ...shown },
  tif: { type: 'image/tiff', content: ['tif'], hasPreview: true },
  tiff: { type: 'image/tiff', content: ['tif'], hasPreview: true },
  heic: { type: 'image/heic', content: ['heic'] },
  heif: { type: 'image/heif', content: ['heic', 'heif'] },
  bmp: { type: 'image/bmp', content: ['bmp'] },
  pdf: { type: 'application/pdf', content: ['pdf'] },
  ofd: { type: 'application/ofd', content: ['zip', 'ofd'] },
  docx: { type: `${office}.wordprocessingml.document`, content: newOffice('docx') },
  xlsx: { type: `${office}.spreadsheetml.sheet`, content: newOffice('xlsx') },
  pptx: { type: `${office}.presentationml.presentation`, content: newOffice('pptx') },
  doc: { type: 'application/msword', content: ['cfb'] },
  xls: { type: 'application/vnd.ms-excel', content: ['cfb'] },
  ppt: { type: 'application/vnd.ms-powerpoint', content: ['cfb'] },
  wps: { type: 'application/vnd.ms-works', content: ['cfb', 'docx', 'zip'] },
  et: { type: 'application/octet-stream', content: ['cfb', 'xlsx', 'zip'] },
  dps: { type: 'application/octet-stream', content: ['cfb', 'pptx', 'zip'] },
  odt: { type: `${open}.text`, content: ['odt'] },
  ods: { type: `${open}.spreadsheet`, content: ['ods'] },
  odp: { type: `${open}.presentation`, content: ['odp'] },
  rtf: { type: 'application/rtf', content: ['rtf'] },
  txt: { type: 'text/plain', content: ['text'] },
  md: { type: 'text/markdown', content: ['text'] },
  csv: { type: 'text/csv', content: ['text'] },
  ics: { type: 'text/calendar', content: ['text', 'ics'] },
  vcf: { type: 'text/vcard', content: ['text', 'vcf'] },
  eml: { type: 'message/rfc822', content: ['text', 'eml'] },
  msg: { type: 'application/vnd.ms-outlook', content: ['cfb'] },
  zip: { type: 'application/zip', content: ['zip'] },
  rar: { type: 'application/vnd.rar', content: ['rar'] },
  '7z': { type: 'application/x-7z-compressed', content: ['7z'] },
  dwg: { type: 'image/vnd.dwg', content: ['dwg'] },
  mp4: { type: 'video/mp4', content: ['mp4', 'm4v'] },
  mov: { type: 'video/quicktime', content: ['mov', 'mp4'] },
  mp3: { type: 'audio/mpeg', content: ['mp3'] },
  m4a: { type: 'audio/mp4', content: ['m4a', 'mp4'] },
  wav: { type: 'audio/wav', content: ['wav'] },
  amr: { type: 'audio/amr', content: ['amr'] },
  ogg: { type: 'audio/ogg', content: ['ogg', 'oga', 'opus'] },
}

/** The ending of a name in small letters, without its dot; empty if it has none. */
export function endingOf(name: string): string {
  return /\.([^.\s]{1,10})$/.exec(name)?.[1]?.toLowerCase() ?? ''
}

export function kindOf(name: string): FileKind | undefined {
  const ending = endingOf(name)
  return Object.hasOwn(fileKinds, ending) ? fileKinds[ending] : undefined
}

export function isImage(name: string): boolean {
  return kindOf(name)?.type.startsWith('image/') ?? false
}

/** What a file chooser offers: everything that is taken, or images only. */
export function acceptedEndings(imagesOnly = false): string {
  const endings = Object.keys(fileKinds).filter((ending) => !imagesOnly || isImage(`x.${ending}`))
  return endings.map((ending) => `.${ending}`).join(',')
}

/** Whether a browser shows it as it is. */
export function isShownImage(name: string): boolean {
  return kindOf(name)?.isShown ?? false
}

export function hasPreview(name: string): boolean {
  return kindOf(name)?.hasPreview ?? false
}

import { defineWords } from '#web/words/words.ts'

export const paletteWords = defineWords('palette', {
  search: { zh: '搜索', en: 'Search' },
  placeholder: { zh: '搜索客户、电话、编号，或输入命令', en: 'Search names, phones, codes, or type a command' },
  hint: {
    zh: '可以输入汉字、拼音、首字母（hw 找到华为）、电话中的几位、编号或邮箱。',
    en: 'Type Chinese, pinyin, initials (hw finds 华为), part of a phone number, a code or an e-mail.',
  },
  results: { zh: '搜索结果', en: 'Results' },
  recent: { zh: '最近打开', en: 'Recently opened' },
  starred: { zh: '收藏', en: 'Starred' },
  commands: { zh: '命令', en: 'Commands' },
  nothing: { zh: '没有找到“{query}”', en: 'Nothing found for “{query}”' },
  nothingHint: {
    zh: '换个说法试试：名称中的两个字、拼音首字母，或电话里的四位。您只能看到自己数据范围内的记录。',
    en: 'Try two characters of the name, its initials, or four digits of the phone. Only records within your reach are shown.',
  },
  failed: { zh: '没能搜索', en: 'The search did not work' },
  searching: { zh: '正在搜索', en: 'Searching' },
  count: { zh: '{n} 个结果', en: '{n} results' },
  more: { zh: '还有更多，请输入更多字', en: 'There are more; type on' },
  owner: { zh: '负责人 {name}', en: 'Owner: {name}' },
  keys: { zh: '↑↓ 选择　回车 打开　Esc 关闭', en: '↑↓ choose · Enter opens · Esc closes' },
  star: { zh: '收藏', en: 'Star' },
  unstar: { zh: '取消收藏', en: 'Remove the star' },
})

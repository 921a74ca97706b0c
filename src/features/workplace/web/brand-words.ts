import type { Label } from '#base/label.ts'
import type { WorkplaceBrand } from '#engine/contract/workplace.ts'

interface BrandFields {
  /** Where everything is found. */
  readonly console: { readonly name: Label; readonly url: string }
  /** 企业微信 alone knows the company by an ID of its own. */
  readonly corpId?: { readonly label: Label; readonly hint: Label }
  readonly appId: { readonly label: Label; readonly hint: Label }
  readonly secret: { readonly label: Label; readonly hint: Label }
  /** What the app must be allowed there, or nothing is read. */
  readonly needs: Label
  /** Where the address of sign-in is registered there. */
  readonly signIn: Label
  readonly serverHint: Label
}

/** What each brand calls its own values, and where an administrator finds them. */
export const brandFields: Readonly<Record<WorkplaceBrand, BrandFields>> = {
  wecom: {
    console: { name: { zh: '企业微信管理后台', en: 'WeCom admin console' }, url: 'https://work.weixin.qq.com' },
    corpId: {
      label: { zh: '企业 ID（CorpID）', en: 'CorpID (企业 ID)' },
      hint: { zh: '我的企业 → 企业信息，页面最下方', en: 'My Company (我的企业) → Company Info, at the very bottom' },
    },
    appId: {
      label: { zh: '应用 AgentId', en: 'AgentId of the app' },
      hint: {
        zh: '应用管理 → 自建应用，点开应用即可看到',
        en: 'Apps (应用管理) → your self-built app, at its top',
      },
    },
    secret: {
      label: { zh: '应用 Secret', en: 'Secret of the app' },
      hint: {
        zh: '同一页点“查看”，Secret 会发到您的企业微信里',
        en: 'On the same page choose View (查看); it is sent to you in WeCom',
      },
    },
    needs: {
      zh: '应用的“可见范围”请选择全公司；在“企业可信 IP”中填入这台服务器的出口 IP。企业微信不向应用提供手机号和邮箱，第一次同步时请在预览里核对人员。',
      en: 'Let the app see the whole company (可见范围) and enter this server’s outgoing address as trusted IP (企业可信IP). WeCom tells apps no phone or e-mail: look through the preview before the first sync.',
    },
    signIn: {
      zh: '应用 → “企业微信授权登录” → Web 网页：填写下面地址的域名作为授权回调域；要在企业微信 App 内打开，还请在“网页授权及 JS-SDK”填写同一可信域名。',
      en: 'In the app under 企业微信授权登录 → Web page, enter the domain of this address as callback domain; to open it inside WeCom, enter it as trusted domain under 网页授权及JS-SDK too.',
    },
    serverHint: {
      zh: '仅私有部署的企业微信需要填写，例如 https://wecom.example.com',
      en: 'Only for WeCom installed in your own house, such as https://wecom.example.com',
    },
  },
  dingtalk: {
    console: { name: { zh: '钉钉开放平台', en: 'DingTalk developer console' }, url: 'https://open-dev.dingtalk.com' },
    appId: {
      label: { zh: 'Client ID（AppKey）', en: 'Client ID (AppKey)' },
      hint: {
        zh: '应用开发 → 企业内部应用 → 凭证与基础信息',
        en: 'App development (应用开发) → internal app → Credentials (凭证与基础信息)',
      },
    },
    secret: {
      label: { zh: 'Client Secret（AppSecret）', en: 'Client Secret (AppSecret)' },
      hint: { zh: '在 Client ID 旁边', en: 'Beside the Client ID' },
    },
    needs: {
      zh: '在“权限管理”中开通：通讯录部门信息读权限、通讯录部门成员读权限、成员信息读权限、企业员工手机号信息、邮箱等个人信息、通讯录个人信息读权限；授权范围选择全部员工。',
      en: 'Under Permissions (权限管理) grant reading departments, their members, member details, mobile numbers, e-mail and personal profile, for all employees.',
    },
    signIn: {
      zh: '应用 → “安全设置” → 重定向 URL（回调域名）：填写下面的完整地址。',
      en: 'In the app under Security (安全设置) → Redirect URL, enter this whole address.',
    },
    serverHint: {
      zh: '仅专属钉钉的私有部署需要填写',
      en: 'Only for an exclusive DingTalk installed in your own house',
    },
  },
  feishu: {
    console: { name: { zh: '飞书开放平台', en: 'Feishu developer console' }, url: 'https://open.feishu.cn/app' },
    appId: {
      label: { zh: 'App ID', en: 'App ID' },
      hint: {
        zh: '企业自建应用 → 凭证与基础信息，以 cli_ 开头',
        en: 'Custom app → Credentials & Basic Info; it begins with cli_',
      },
    },
    secret: {
      label: { zh: 'App Secret', en: 'App Secret' },
      hint: { zh: '在 App ID 下方', en: 'Below the App ID' },
    },
    needs: {
      zh: '在“权限管理”中开通：获取通讯录基本信息、部门基础信息、用户基本信息、用户组织架构信息、受雇信息、手机号、邮箱；“通讯录权限范围”选择全部成员，然后发布版本。',
      en: 'Under Permissions grant contacts, departments, users, their place in the organisation, employment, mobile and e-mail; let the contact scope be all members, then publish a version.',
    },
    signIn: {
      zh: '应用 → “安全设置” → 重定向 URL：填写下面的完整地址。',
      en: 'In the app under Security Settings → Redirect URLs, enter this whole address.',
    },
    serverHint: {
      zh: '国际版 Lark 请填 https://open.larksuite.com；私有部署填自己的地址',
      en: 'For Lark enter https://open.larksuite.com; in your own house, its address',
    },
  },
}

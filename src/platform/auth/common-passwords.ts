/** The passwords that guessers try first, in small letters: from published leak statistics, with those usual in China. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `123456789 12345678 1234567890 password 11111111 00000000 88888888 66666666 99999999 12341234 11223344 123123123
  87654321 987654321 0987654321 0123456789 147258369 123654789 789456123 741852963 159357456 147852369 123321123
  112233445566 1122334455 111222333 123456123456 1234554321 123456654321 12344321 22222222 33333333 44444444 55555555
  77777777 111111111 1111111111 000000000 0000000000 666666666 888888888 5201314520 52013140 5201314520 1314520520
  13145200 woaini1314 woaini520 woaini123 iloveyou iloveyou1 woaiwojia woaini521 aini1314 asd123456 a123456789
  a12345678 aa123456 aa123456789 aaa123456 abc123456 abc12345 abcd1234 abcd123456 abc123abc qq123456 qq123456789
  q123456789 q1234567 q12345678 z123456789 zxc123456 zxcvbnm123 zxcvbnm1 qwe123456 qweasdzxc qwer1234 qwert123
  qwerty123 qwerty12 qwerty1234 qwertyui qwertyuiop qwertyuiop123 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx
  1qaz2wsx3edc 1qazxsw2 q1w2e3r4 q1w2e3r4t5 zaq12wsx zaq1zaq1 asdfghjkl asdfasdf asdf1234 asdfghjkl123 zxcvbnm,
  password1 password12 password123 password1234 passw0rd passw0rd1 p@ssw0rd p@ssword pa55word pass1234 passpass
  password! letmein1 letmein123 welcome1 welcome123 admin123 admin1234 admin888 admin123456 administrator root1234
  rootroot test1234 testtest test123456 user1234 user123456 guest123 changeme changeme1 default1 secret123 mypassword
  sunshine princess football baseball superman computer internet starwars whatever trustno1 dragon123 monkey123
  master123 michael1 jennifer jordan23 liverpool chocolate butterfly elephant charlie1 samsung1 facebook google123
  iphone123 huawei123 huawei@123 alibaba1 tencent1 weixin123 wechat123 beijing1 beijing123 shanghai shanghai1
  shanghai123 shenzhen guangzhou zhongguo zhongguo1 china123 woshishui woshizhu nihao123 nihaoma123 asd123asd
  company123 company1 sales123 sales1234 terrace1 terrace123 login123 hello123 hello1234 helloworld 12qwaszx
  1a2b3c4d a1b2c3d4 a1s2d3f4 1234qwer 123qwe123 123qweasd 1234abcd 123abc123 12345qwert 123456qwerty 123456abc
  123456aa 12345678a 123456789a 123456789q 1234567a 1234567q 123456789z 123456asd abcdefgh abcdefg1 abcdefg123
  aaaaaaaa aaaa1111 a1a1a1a1 qqqqqqqq zzzzzzzz 19900101 19901010 20002000 20202020 20222022 20232023`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

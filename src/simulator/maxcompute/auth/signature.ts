import { createHmac } from "node:crypto";

/** A parsed `Authorization` header; version 4 carries its scope (protocol sections 2.2 and 2.3). */
export type Authorization =
  | { readonly version: 2; readonly accessId: string; readonly signature: string }
  | {
      readonly version: 4;
      readonly accessId: string;
      readonly signature: string;
      readonly date: string;
      readonly region: string;
    };

const v4Form = /^ODPS ([^\s:/]+)\/(\d{8})\/([^\s:/]+)\/odps\/aliyun_v4_request:(\S+)$/;
const v2Form = /^ODPS ([^\s:/]+):(\S+)$/;

export const parseAuthorization = (header: string): Authorization | undefined => {
  const v4 = v4Form.exec(header);
  if (v4 !== null) {
    const [, accessId = "", date = "", region = "", signature = ""] = v4;
    return { version: 4, accessId, date, region, signature };
  }
  const v2 = v2Form.exec(header);
  if (v2 === null) return undefined;
  const [, accessId = "", signature = ""] = v2;
  return { version: 2, accessId, signature };
};

const hmac256 = (key: string | Buffer, text: string): Buffer => createHmac("sha256", key).update(text).digest();

const v4Key = (secret: string, date: string, region: string): Buffer =>
  [region, "odps", "aliyun_v4_request"].reduce(hmac256, hmac256(`aliyun_v4${secret}`, date));

/** The base64 signature that `secret` gives for a canonical string: HMAC-SHA1 in both versions, only the key differs. */
export const expectedSignature = (authorization: Authorization, secret: string, canonical: string): string => {
  const key = authorization.version === 2 ? secret : v4Key(secret, authorization.date, authorization.region);
  return createHmac("sha1", key).update(canonical).digest("base64");
};

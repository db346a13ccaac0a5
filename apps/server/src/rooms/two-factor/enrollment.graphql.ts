import { qrCodePngDataUrl, qrCodeSvg } from "@keyturn/totp";
import { Arg, Field, ID, ObjectType, registerEnumType } from "type-graphql";
import { DateTime } from "../../platform/date-time.js";

export const QrCodeFormat = { SVG: "SVG", PNG_DATA_URL: "PNG_DATA_URL" } as const;
export type QrCodeFormat = keyof typeof QrCodeFormat;
registerEnumType(QrCodeFormat, { name: "QrCodeFormat" });

@ObjectType({
  description: [
    "A fresh secret, shown this once. Login is unchanged until a code confirms it, and an",
    "authenticator that the account already has keeps working meanwhile. A second enrollment",
    "replaces a pending one; ten wrong codes end it.",
  ].join("\n"),
})
export class TwoFactorEnrollment {
  readonly __typename = "TwoFactorEnrollment";
  @Field(() => ID) id!: string;
  @Field(() => String, {
    description: "otpauth://totp/Issuer:name?secret=…&issuer=…&algorithm=SHA1&digits=6&period=30",
  })
  otpauthUri!: string;
  @Field(() => String, { description: "The secret in Base32, in groups of four, for typing by hand." })
  manualKey!: string;
  @Field(() => DateTime) expiresAt!: number;

  /** Drawn when it is asked for. */
  @Field(() => String, { description: "The URI as a QR code: an SVG document, or a PNG as a data: URL." })
  async qrCode(
    @Arg("format", () => QrCodeFormat, { nullable: true, defaultValue: "SVG" }) format: QrCodeFormat | null,
  ): Promise<string> {
    return format === "PNG_DATA_URL"
      ? await qrCodePngDataUrl(this.otpauthUri)
      : await qrCodeSvg(this.otpauthUri);
  }
}

/** Shows a fresh secret, this once. */
export function toEnrollment(
  drawn: Pick<TwoFactorEnrollment, "id" | "otpauthUri" | "manualKey" | "expiresAt">,
): TwoFactorEnrollment {
  const { id, otpauthUri, manualKey, expiresAt } = drawn;
  return Object.assign(new TwoFactorEnrollment(), { id, otpauthUri, manualKey, expiresAt });
}

package org.kiban.platform.remote;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The examples of Amazon's own description of the signature. */
class S3SignatureTest {

  private static final String NOTHING =
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  private final S3Signature signature =
      new S3Signature(
          "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

  private String signed(String path, Map<String, String> query, Map<String, String> more) {
    TreeMap<String, String> headers = new TreeMap<>(more);
    headers.put("host", "examplebucket.s3.amazonaws.com");
    headers.put("x-amz-date", "20130524T000000Z");
    headers.putIfAbsent("x-amz-content-sha256", NOTHING);
    return signature.authorization("GET", path, new TreeMap<>(query), headers);
  }

  @Test
  void a_part_of_an_object() {
    assertThat(signed("/test.txt", Map.of(), Map.of("range", "bytes=0-9")))
        .isEqualTo(
            "AWS4-HMAC-SHA256"
                + " Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
  }

  @Test
  void a_list_of_objects() {
    assertThat(signed("/", Map.of("max-keys", "2", "prefix", "J"), Map.of()))
        .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
  }

  @Test
  void names_are_encoded_as_the_store_decodes_them() {
    assertThat(S3Signature.encoded("倉 敷/~a", true)).isEqualTo("%E5%80%89%20%E6%95%B7/~a");
    assertThat(S3Signature.encoded("a/b+", false)).isEqualTo("a%2Fb%2B");
  }
}

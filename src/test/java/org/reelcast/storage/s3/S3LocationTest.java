package org.reelcast.storage.s3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reelcast.refusal.Refusal;

class S3LocationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3/bucket/sample.mp4 | bucket | sample.mp4",
                "s3/bucket/folder/sample.mp4 | bucket | folder/sample.mp4",
                "s3/bucket/sample%20with%20spaces.mp4 | bucket | sample with spaces.mp4",
                "s3/bucket/sample with spaces.mp4 | bucket | sample with spaces.mp4",
                "s3/bucket/a%2Fb.mp4 | bucket | a/b.mp4",
                "s3/bucket/100%25.mp4 | bucket | 100%.mp4",
                "s3/bucket/%2541.mp4 | bucket | %41.mp4",
                "s3/bucket/a+b.mp4 | bucket | a+b.mp4",
                "s3/bucket/what?.mp4 | bucket | what?.mp4",
                "s3/bucket/%D1%84%D0%B8%D0%BB%D1%8C%D0%BC.mp4 | bucket | \u0444\u0438\u043b\u044c\u043c.mp4",
                "s3/bucket/\u0444\u0438\u043b\u044c\u043c.mp4 | bucket | \u0444\u0438\u043b\u044c\u043c.mp4",
                "s3/bucket//double.mp4 | bucket | /double.mp4",
                "s3/my.bucket-1/a..b/c.mp4 | my.bucket-1 | a..b/c.mp4"
            })
    void awsForm_isBucketAndDecodedKey(String text, String bucket, String key) throws Refusal {
        assertEquals(new S3Location(Optional.empty(), bucket, key), S3Location.parse(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "s3/https://ams3.digitaloceanspaces.com/myspace/folder/file.mp4 | true | ams3.digitaloceanspaces.com | 443 "
                        + "| myspace | folder/file.mp4",
                "s3/https://s3.selcdn.ru/mystorage/file.mp4 | true | s3.selcdn.ru | 443 | mystorage | file.mp4",
                "s3/http://minio.local:9000/films/a%20b.mp4 | false | minio.local | 9000 | films | a b.mp4",
                "s3/HTTPS://MinIO.Local/films/a.mp4 | true | minio.local | 443 | films | a.mp4",
                "s3/http://10.0.0.5:80/films/a.mp4 | false | 10.0.0.5 | 80 | films | a.mp4",
                "s3/https://host/films/what%3F%23.mp4 | true | host | 443 | films | what?#.mp4",
                "s3/https://s3.eu-central-1.amazonaws.com/films/a.mp4 | true | s3.eu-central-1.amazonaws.com | 443 | films "
                        + "| a.mp4",
                "s3/https://films.s3.eu-central-1.amazonaws.com/folder/a.mp4 | true | s3.eu-central-1.amazonaws.com | 443 "
                        + "| films | folder/a.mp4"
            })
    void fullAddress_isHostBucketAndDecodedKey(
            String text, boolean https, String host, int port, String bucket, String key) throws Refusal {
        assertEquals(
                new S3Location(Optional.of(new S3Endpoint(https, host, port)), bucket, key), S3Location.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "s3/",
                "s3/bucket",
                "s3/bucket/",
                "s3//key",
                "s3/b/key",
                "s3/bucket/folder/",
                "s3/bucket/%zz.mp4",
                "s3/bucket/%c0%ae.mp4",
                "s3/bucket/%00.mp4",
                "s3/bucket/a%0d%0ab.mp4",
                "s3/bucket/../other/a.mp4",
                "s3/bucket/%2e%2e/a.mp4",
                "s3/bucket/./a.mp4",
                "s3/a..b/key",
                "s3/b u/key",
                "s3/arn:aws:s3:us-east-1:1:accesspoint/key",
                "s3/%62ucket/key",
                "s3/ftp://host/bucket/key",
                "s3/https://host",
                "s3/https://host/",
                "s3/https://host/bucket",
                "s3/https:///bucket/key",
                "s3/https://host:0/bucket/key",
                "s3/https://host:99999/bucket/key",
                "s3/https://host:x/bucket/key",
                "s3/https://ho st/bucket/key",
                "s3/https://host\\@evil/bucket/key",
                "s3/https://-host/bucket/key",
                "s3/https://a..b/bucket/key",
                "s3/https://a_b/bucket/key",
                "s3/http://127.1/bucket/key",
                "s3/http://[fd00::5]:9000/films/a.mp4",
                "s3/https://h%6fst/bucket/key",
                "sample.mp4",
                "S3/bucket/key",
                "s3/bucket/https://host/key"
            })
    void whatIsNoObject_isNotFound(String text) {
        Refusal refused = assertThrows(Refusal.class, () -> S3Location.parse(text));
        assertEquals("File not found", refused.info());
        assertFalse(refused.getMessage().chars().anyMatch(Character::isISOControl), refused.getMessage());
    }

    @Test
    void keyThatIsTooLong_isNotFound() throws Refusal {
        assertEquals(
                1024, S3Location.parse("s3/bucket/" + "a".repeat(1024)).key().length());
        assertThrows(Refusal.class, () -> S3Location.parse("s3/bucket/" + "a".repeat(1025)));
        assertThrows(Refusal.class, () -> S3Location.parse("s3/bucket/" + "\u0444".repeat(513)));
    }

    @Test
    void secretsInAnAddress_areRefusedAndNotRepeated() {
        Refusal user = assertThrows(Refusal.class, () -> S3Location.parse("s3/https://login:S3CR3T@host/bucket/key"));
        assertFalse(user.getMessage().contains("S3CR3T"), user.getMessage());
        Refusal signed = assertThrows(
                Refusal.class, () -> S3Location.parse("s3/https://host/bucket/key?X-Amz-Signature=S3CR3T"));
        assertFalse(signed.getMessage().contains("S3CR3T"), signed.getMessage());
    }

    @Test
    void endpointOfAws_isKnownByNameAndNoOtherNameOfAmazons() {
        for (String host : new String[] {
            "s3.amazonaws.com",
            "s3.eu-central-1.amazonaws.com",
            "s3-us-west-2.amazonaws.com",
            "s3.dualstack.ap-southeast-2.amazonaws.com",
            "b.s3.amazonaws.com",
            "my.bucket.s3.us-gov-west-1.amazonaws.com",
            "s3-fips.us-east-1.amazonaws.com",
            "s3.cn-north-1.amazonaws.com.cn",
            "b.s3-accelerate.amazonaws.com"
        }) {
            assertTrue(new S3Endpoint(true, host, 443).isAws(), host);
        }
        for (String host : new String[] {
            "amazonaws.com",
            "s3.amazonaws.com.example.org",
            "s3amazonaws.com",
            "ec2-1-2-3-4.compute-1.amazonaws.com",
            "s3-1234.us-east-1.elb.amazonaws.com",
            "s3.us-east-1.elb.amazonaws.com",
            "s3-1234567890.us-east-1.amazonaws.com",
            "s3.x.amazonaws.com",
            "s3.eu-central-1.amazonaws.com.example.org",
            "xs3.amazonaws.com"
        }) {
            assertFalse(new S3Endpoint(true, host, 443).isAws(), host);
        }
        assertEquals(Optional.of("eu-west-3"), new S3Endpoint(true, "b.s3.eu-west-3.amazonaws.com", 443).awsRegion());
        assertEquals(
                "https://s3.cn-north-1.amazonaws.com.cn",
                S3Endpoint.aws("cn-north-1").toString());
    }
}

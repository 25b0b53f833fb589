package org.kiban.route.wall;

import java.net.URI;
import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.component.aws2.s3.AWS2S3Component;
import org.apache.camel.component.aws2.s3.AWS2S3Configuration;
import org.apache.camel.component.aws2.s3.AWS2S3Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.service.ServiceSupport;
import org.kiban.core.keys.TlsIdentity;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.urlconnection.ProxyConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Camel's S3 component with a client of ours: the address and the credentials that the route gives
 * and no others, no proxy, no redirect, the node's certificate authorities.
 */
@Component("aws2-s3")
final class WalledS3 extends AWS2S3Component {

  private final TlsIdentity identity;

  WalledS3(TlsIdentity identity) {
    this.identity = identity;
    setAutowiredEnabled(false);
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    AWS2S3Endpoint endpoint = (AWS2S3Endpoint) super.createEndpoint(uri, remaining, parameters);
    S3Client client = client(endpoint.getConfiguration());
    endpoint.getConfiguration().setAmazonS3Client(client);
    getCamelContext()
        .addService(
            new ServiceSupport() {
              @Override
              protected void doStop() {
                client.close();
              }
            });
    return endpoint;
  }

  private S3Client client(AWS2S3Configuration configuration) {
    AwsCredentials credentials =
        configuration.getSessionToken() == null
            ? AwsBasicCredentials.create(configuration.getAccessKey(), configuration.getSecretKey())
            : AwsSessionCredentials.create(
                configuration.getAccessKey(),
                configuration.getSecretKey(),
                configuration.getSessionToken());
    return S3Client.builder()
        .region(
            Region.of(configuration.getRegion() == null ? "us-east-1" : configuration.getRegion()))
        .endpointOverride(URI.create(configuration.getUriEndpointOverride()))
        // A bucket's name as a host name would be another host.
        .forcePathStyle(true)
        // Stores other than Amazon's often know none of its newer checksums.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .credentialsProvider(StaticCredentialsProvider.create(credentials))
        .httpClient(
            UrlConnectionHttpClient.builder()
                .tlsTrustManagersProvider(() -> Trust.managers(identity))
                .proxyConfiguration(
                    ProxyConfiguration.builder()
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariablesValues(false)
                        .build())
                .build())
        .build();
  }
}

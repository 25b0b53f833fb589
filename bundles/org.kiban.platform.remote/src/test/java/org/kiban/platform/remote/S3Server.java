package org.kiban.platform.remote;

import java.io.IOException;
import java.net.URI;
import java.util.Properties;
import org.gaul.s3proxy.AuthenticationType;
import org.gaul.s3proxy.S3Proxy;
import org.jclouds.ContextBuilder;
import org.jclouds.blobstore.BlobStoreContext;

/** An S3-compatible store in memory, on a free port of the loopback interface. */
public final class S3Server implements AutoCloseable {

  public static final String ID = "kurashiki";
  public static final String KEY = "s3cr/et+";

  private final S3Proxy proxy;
  private final BlobStoreContext store;

  /** Starts. */
  public S3Server() throws Exception {
    Properties access = new Properties();
    access.setProperty("jclouds.identity", ID);
    access.setProperty("jclouds.credential", KEY);
    store = ContextBuilder.newBuilder("transient").overrides(access).build(BlobStoreContext.class);
    proxy =
        S3Proxy.builder()
            .blobStore(store.getBlobStore())
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V4, ID, KEY)
            .build();
    proxy.start();
  }

  /** For clients. */
  public S3Address address(String bucket, String prefix) {
    return new S3Address(
        URI.create("http://127.0.0.1:" + proxy.getPort()), bucket, prefix, "us-east-1", true);
  }

  /** As an operator writes it. */
  public String url(String path) {
    return "s3:http://127.0.0.1:" + proxy.getPort() + '/' + path;
  }

  /** Makes a bucket past the door. */
  public void makeBucket(String bucket) {
    store.getBlobStore().createContainerInLocation(null, bucket);
  }

  /** Puts an object in past the door. */
  public void put(String bucket, String key, byte[] content) {
    store
        .getBlobStore()
        .putBlob(bucket, store.getBlobStore().blobBuilder(key).payload(content).build());
  }

  @Override
  public void close() throws IOException {
    try {
      proxy.stop();
    } catch (Exception e) {
      throw new IOException(e);
    }
    store.close();
  }
}

//! The second isolation layer for keys: a call whose encryption context leaves the scope never reaches the network.

use aws_sdk_kms::operation::decrypt::DecryptInput;
use aws_sdk_kms::operation::encrypt::EncryptInput;
use aws_sdk_kms::operation::generate_data_key::GenerateDataKeyInput;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeSerializationInterceptorContextRef;
use aws_smithy_types::config_bag::ConfigBag;

/// Lets a call pass only when its encryption context names this owner.
#[derive(Debug)]
pub(crate) struct ContextGuard {
    pub(crate) owner: String,
}

impl Intercept for ContextGuard {
    fn name(&self) -> &'static str {
        "ContextGuard"
    }

    fn read_before_execution(
        &self,
        context: &BeforeSerializationInterceptorContextRef<'_>,
        _cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let input = context.input();
        let encryption_context = if let Some(input) = input.downcast_ref::<EncryptInput>() {
            input.encryption_context()
        } else if let Some(input) = input.downcast_ref::<DecryptInput>() {
            input.encryption_context()
        } else if let Some(input) = input.downcast_ref::<GenerateDataKeyInput>() {
            input.encryption_context()
        } else {
            return Err("this key operation is not one of ours".into());
        };
        let tenant = encryption_context.and_then(|pairs| pairs.get("tenant"));
        if tenant.is_some_and(|tenant| *tenant == self.owner) {
            Ok(())
        } else {
            Err("the encryption context leaves the scope".into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws::testing::Network;
    use aws_sdk_kms::Client;
    use aws_sdk_kms::config::Builder;
    use aws_sdk_kms::primitives::Blob;
    use aws_sdk_kms::types::DataKeySpec;

    const OURS: &str = "tenant-a";

    fn client(network: &Network) -> Client {
        let guard = ContextGuard {
            owner: OURS.to_owned(),
        };
        Client::from_conf(
            Builder::from(&network.config().expect("complete"))
                .interceptor(guard)
                .build(),
        )
    }

    #[tokio::test]
    async fn a_client_sends_nothing_under_the_context_of_another_tenant() {
        let network = Network::default();
        let client = client(&network);
        let bytes = || Blob::new([1; 32]);
        for (tenant, sent) in [("tenant-b", 0), (OURS, 3)] {
            let decrypt = client
                .decrypt()
                .ciphertext_blob(bytes())
                .encryption_context("tenant", tenant);
            let encrypt = client
                .encrypt()
                .key_id("k")
                .plaintext(bytes())
                .encryption_context("tenant", tenant);
            let generate = client
                .generate_data_key()
                .key_id("k")
                .key_spec(DataKeySpec::Aes256)
                .encryption_context("tenant", tenant);
            let answered = [
                decrypt.send().await.is_ok(),
                encrypt.send().await.is_ok(),
                generate.send().await.is_ok(),
            ];
            assert_eq!(answered, [tenant == OURS; 3], "{tenant}");
            assert_eq!(network.sent(), sent, "{tenant}");
        }
    }

    #[tokio::test]
    async fn a_client_sends_nothing_without_a_context_and_no_other_operation() {
        let network = Network::default();
        let client = client(&network);
        let decrypt = client.decrypt().ciphertext_blob(Blob::new([1; 32]));
        assert!(decrypt.clone().send().await.is_err());
        let elsewhere = decrypt.encryption_context("purpose", OURS);
        assert!(elsewhere.send().await.is_err());
        assert!(client.describe_key().key_id("k").send().await.is_err());
        let end = client.schedule_key_deletion().key_id("k");
        assert!(end.send().await.is_err());
        assert_eq!(network.sent(), 0);
    }
}

package org.kiban.update.tuf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every scenario of the TUF project's conformance suite, and where it is held here. */
class ConformanceTableTest {

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "test_basic_init_and_refresh, Versions, aRepositoryIsFollowedFromTheAnchorOn",
    "test_implicit_refresh, Versions, aRepositoryIsFollowedFromTheAnchorOn",
    "test_timestamp_content_changes, Rotation, aTimestampOfTheSameVersionWithAnotherContentIsNotTaken",
    "test_timestamp_eq_versions_check, Rotation, aTimestampOfTheSameVersionWithAnotherContentIsNotTaken",
    "test_new_targets_hash_mismatch, Versions, aHashThatTheTimestampOrTheSnapshotGivesMustHold",
    "test_new_targets_version_mismatch, Versions, targetsOfAnotherStateAreRefused",
    "test_new_snapshot_version_mismatch, Versions, aSnapshotOfAnotherStateIsRefused",
    "test_invalid_initial_root, Rotation, aFirstRootThatIsNotOneIsRefusedBeforeAnythingIsRead",
    "test_unsigned_initial_root, Rotation, aFirstRootThatIsNotOneIsRefusedBeforeAnythingIsRead",
    "test_custom_fields, HostileFiles, fieldsThatNobodyKnowsAreSignedToo",
    "test_root_expired, Versions, anExpiredRoleIsRefused",
    "test_timestamp_expired, Versions, anExpiredRoleIsRefused",
    "test_snapshot_expired, Versions, anExpiredRoleIsRefused",
    "test_targets_expired, Versions, anExpiredRoleIsRefused",
    "test_expired_metadata, Versions, whatWasKeptMayHaveExpiredAndStillKeepsFromGoingBack",
    "test_delegated_expiration, Delegation, anExpiredVendorIsLeftOutAndWhatItSignedEndsWithIt",
    "test_simple_snapshot_rollback, Versions, noRoleGoesBack",
    "test_new_timestamp_version_rollback, Versions, noRoleGoesBack",
    "test_snapshot_rollback, Versions, noRoleGoesBack",
    "test_targets_rollback, Versions, noRoleGoesBack",
    "delegated rollback, Delegation, aVendorDoesNotGoBack",
    "test_new_timestamp_fast_forward_recovery, Rotation, theTimestampRecoversFromAFastForwardByANewKeyOfItsOwn",
    "test_new_snapshot_fast_forward_recovery, Signers, afterTheirKeysWereReplacedRolesMayBeginAnew",
    "test_new_targets_fast_forward_recovery, Rotation, targetsRecoverFromAFastForwardByANewKeyOfTheSnapshot",
    "test_root_rotation, Rotation, rootsFollowOneAnotherOnlyIfBothAgree",
    "test_non_root_rotations, Rotation, theOtherRolesFollowTheNewestRoot",
    "test_snapshot_threshold, Signers, aRoleMustReachItsThreshold",
    "test_root_has_keys_but_not_snapshot, Signers, aRoleThatNobodyOrAStrangerSignedIsRefused",
    "test_duplicate_keys_root, Signers, oneKeyUnderTwoNamesCountsOnce",
    "one key signing twice, Signers, oneKeySigningTwiceCountsOnce",
    "test_wrong_hashing_algorithm, Signers, aKeyOfAnUnknownKindDoesNotCountAndHarmsNobody",
    "test_client_downloads_expected_file, HostileFiles, aTargetIsCutOffAtItsLength",
    "test_client_downloads_expected_file_in_sub_dir, Delegation, aVendorOffersWhatItWasEntrustedWithAndNothingElse",
    "test_repository_substitutes_target_file, HostileFiles, aTargetIsCutOffAtItsLength",
    "test_multiple_changes_to_target, HostileFiles, aTargetIsCutOffAtItsLength",
    "endless data, HostileFiles, whatDoesNotEndIsCutOff",
    "test_quoting_issues, Delegation, aRoleWhoseNameIsNoFileIsRefused",
    "too long names, Delegation, aRoleWhoseNameIsTooLongIsRefused",
    "consistent snapshot off, Versions, aRepositoryWithoutConsistentSnapshotsIsFollowed",
    "basic-delegation, Delegation, aVendorOffersWhatItWasEntrustedWithAndNothingElse",
    "two-level-test-DFS-order-of-traversal, Delegation, whoEntrustsSpeaksFirstAndThenTheOrderOfTheDelegations",
    "two-level-terminating-ignores-all-but-roles-descendants, Delegation, aTerminatingDelegationFurtherDownAlsoHidesTheRolesBesideThoseAbove",
    "three-level-terminating-ignores-all-but-roles-descendants, Delegation, aTerminatingDelegationEndsTheSearchForWhatItCovers",
    "two-level-ignores-all-branches-not-matching-paths, Delegation, whatARoleMayNotSayItCannotEntrustToAnother",
    "cyclic-graph, Delegation, circlesEnd",
    "two-roles-delegating-to-a-third, Delegation, whatAVendorWhoMayNotSaysOfAnotherDoesNotHarmIt",
    "test_targetfile_search, Delegation, patternsStopAtSlashesAndKnowNothingButStarsAndQuestionMarks",
    "path_hash_prefixes, Delegation, hashesOfNamesCanSayWhatIsEntrusted"
  })
  void eachScenarioHasItsTest(String scenario, String place, String method) throws Exception {
    Class<?> test = Class.forName(getClass().getPackageName() + "." + place + "Test");

    assertThat(Arrays.stream(test.getDeclaredMethods()).map(java.lang.reflect.Method::getName))
        .contains(method);
  }
}
